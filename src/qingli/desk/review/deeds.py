"""What the buttons of the reading page do: each names its deed in `do`, with what it is about behind a colon."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from qingli.archive.rules import Done
from qingli.desk.review.forms import DaysForm
from qingli.ground.rules import Asker, Role
from qingli.plan import actions
from qingli.web.measures import catalogue
from qingli.web.posting import do

_PERIOD = re.compile(r"period\.(\d{4}-\d\d-\d\d)\.(\d{4}-\d\d-\d\d)")
_REPEAT = re.compile(r"repeat\.(day|week|month|year)\.(\d{1,3})")
_READING = re.compile(r"reading\.(\d{1,2})")
_ROLE = re.compile(r"role\.([a-z_]+)")
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_FIX = re.compile(r"(\d{1,2}):(.{1,80})")


class StaleError(Exception):
    """The form does not fit the plan as it now is, or was tampered with."""

    code = "stale"


class WrongDaysError(Exception):
    """The two days of an answer cannot be used; why was said."""


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does something on which plan; every deed goes through `web.posting.do`."""

    request: HttpRequest
    who: Asker
    plan_id: UUID
    unit_id: UUID

    def perform(self) -> Done | None:
        """Do what the tapped button names. None where it was refused; why is said on the page."""
        name, _colon, rest = self.request.POST.get("do", "").partition(":")
        deed = getattr(self, f"_{name}", None) if name in NAMES else None
        try:
            if deed is None:
                raise StaleError
            done: Done | None = deed(rest)
        except WrongDaysError:
            return None
        except StaleError:
            messages.error(self.request, _("This page is no longer up to date. Nothing was changed. Look again."))
            return None
        return done

    def _do(self, deed: Any, said: str, **facts: Any) -> Done | None:
        return do(self.request, self.who, deed, said, **facts)

    @property
    def action_id(self) -> UUID:
        return _uuid(self.request.POST.get("action", ""))

    def _accept(self, _rest: str) -> Done | None:
        return self._do(actions.accept_action, _("Accepted."), action_id=self.action_id)

    def _ignore(self, _rest: str) -> Done | None:
        return self._do(actions.ignore_action, _("Set aside. It makes no tasks."), action_id=self.action_id)

    def _join(self, _rest: str) -> Done | None:
        return self._do(actions.merge_actions, _("Put together with the one before."), action_id=self.action_id)

    def _reopen(self, _rest: str) -> Done | None:
        return self._do(actions.reopen_action, _("To be checked again."), action_id=self.action_id)

    def _undo(self, _rest: str) -> Done | None:
        return self._do(actions.undo_review, _("The last step was taken back."), plan_id=self.plan_id)

    def _answer(self, rest: str) -> Done | None:
        question, _colon, code = rest.partition(":")
        answer = answer_of(code, self.unit_id) if code != "days" else {"between": self._days()}
        return self._do(actions.answer_question, _("Written down."), question_id=_uuid(question), answer=answer)

    def _period(self, rest: str) -> Done | None:
        """From a button (period.A.B) or from the two fields; `rest` ends with the question, where one is open."""
        code, _colon, question = rest.partition(":")
        starts, ends = answer_of(code, self.unit_id)["period"] if code != "days" else self._days()
        said = _("The plan runs from %(a)s to %(b)s.") % {"a": starts, "b": ends}
        return self._do(actions.answer_question, said, question_id=_uuid(question), answer={"period": [starts, ends]})

    def _days(self) -> list[str]:
        form = DaysForm(self.request.POST)
        if not form.is_valid():
            for errors in form.errors.values():
                messages.error(self.request, str(errors[0]))
            raise WrongDaysError
        return [form.cleaned_data[name].isoformat() for name in ("starts", "ends")]

    def _add(self, rest: str) -> Done | None:
        return self._passage(rest, _("It is an action now. Look at it."), promise=True)

    def _explain(self, rest: str) -> Done | None:
        return self._passage(rest, _("Taken as explanation."), promise=False)

    def _passage(self, rest: str, said: str, *, promise: bool) -> Done | None:
        found = _SPAN.fullmatch(rest)
        if found is None:
            raise StaleError
        begin, end = int(found[1]), int(found[2])
        facts = {"plan_id": self.plan_id, "begin": begin, "end": end, "promise": promise, "catalogue": catalogue()}
        return self._do(actions.add_action, said, **facts)

    def _fix(self, rest: str) -> Done | None:
        found = _FIX.fullmatch(rest)
        if found is None:
            raise StaleError
        words = self.request.POST.get("words", "").replace("\0", "")
        facts = {"plan_id": self.plan_id, "finding": found[2], "fix": int(found[1]), "words": words}
        return self._do(actions.apply_fix, _("Put right. The original stays as it was."), **facts)


NAMES = frozenset({"accept", "ignore", "join", "reopen", "undo", "answer", "period", "add", "explain", "fix"})


def answer_of(code: str, unit_id: UUID) -> Mapping[str, Any]:
    """The answer that a button's code stands for. Raises StaleError for a code that no button has."""
    if found := _READING.fullmatch(code):
        return {"reading": int(found[1])}
    if found := _REPEAT.fullmatch(code):
        return {"repeat": {"frequency": found[1], "interval": int(found[2]), "count": 1}}
    if found := _PERIOD.fullmatch(code):
        return {"period": [found[1], found[2]]}
    if (found := _ROLE.fullmatch(code)) and found[1] in {role.value for role in Role}:
        everywhere = found[1] in (Role.GRID_WORKER, Role.BUILDING_HEAD)
        return {"owner": {"role": found[1], "role_unit_id": "" if everywhere else str(unit_id)}}
    if code == "needed":
        return {"as_needed": True}
    raise StaleError


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise StaleError from None
