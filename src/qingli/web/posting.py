"""How a form does a deed: once, however often it is sent, with a plain answer when it is refused."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

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
