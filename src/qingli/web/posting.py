"""How a form does a deed: once, however often it is sent, with a plain answer when it is refused."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest

from qingli.archive.rules import Done
from qingli.ground.rules import Asker, NotAllowedError
from qingli.lib import clock
from qingli.web.words import explain


def form_key(request: HttpRequest) -> UUID:
    """The key that was made with the form. Without a sound one nothing may be done."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise BadRequest("the form has no key") from error


def do(
    request: HttpRequest,
    who: Asker,
    deed: Callable[..., Done],
    said: str = "",
    when: datetime | None = None,
    **facts: Any,
) -> Done | None:
    """Do a deed in the name of who asks; say `said`, or say why it was refused and give None.

    `when` is when it happened, where that is not now.

    A refusal carries a `code`, as every room's errors do; anything else is a fault of ours and goes on.
    """
    now = clock.now()
    try:
        done = deed(by=who, happened_at=when or now, recorded_at=now, key=form_key(request), **facts)
    except NotAllowedError:
        raise
    except Exception as error:
        if not isinstance(getattr(error, "code", None), str):
            raise
        messages.error(request, explain(error))
        return None
    if said:
        messages.success(request, said)
    return done


def blame(form: forms.Form, error: Exception, fields: Mapping[str, str] | None = None) -> None:
    """Say a refusal at the field that it names, else above the form. `fields`: the deed's names of them as the form's.

    What carries no code is a fault of ours and goes on.
    """
    if not isinstance(getattr(error, "code", None), str):
        raise error
    named = str(getattr(error, "field", ""))
    field = (fields or {}).get(named, named)
    form.add_error(field if field in form.fields else None, explain(error))


def do_from(
    request: HttpRequest,
    who: Asker,
    form: forms.Form,
    deed: Callable[..., Done],
    fields: Mapping[str, str] | None = None,
    **facts: Any,
) -> Done | None:
    """Do a deed with what a form says; a refusal is said at the form's field and gives None."""
    now = clock.now()
    try:
        return deed(by=who, happened_at=now, recorded_at=now, key=form_key(request), **facts)
    except NotAllowedError as error:
        if error.code == "not-allowed":
            raise
        blame(form, error, fields)
    except Exception as error:
        blame(form, error, fields)
    return None
