"""Forms of the frame."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """User name and password; says the same whether the one or the other is wrong."""

    error_messages = {  # noqa: RUF012 - Django's form declares it as an instance's
        "invalid_login": _("User name and password do not belong together. Look at both and try again."),
        "inactive": _("This account has been closed. Ask your administrator."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["password"].label = _("Password")
        self.fields["username"].error_messages["required"] = _("Write your user name, for example lin.xiuqin")
        self.fields["password"].error_messages["required"] = _("Write your password")
