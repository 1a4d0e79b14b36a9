"""Titles: named here after the notice, or entered from a paper."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.ground.queries import public_unit
from qingli.ground.rules import Asker, clean_text, day_of, require
from qingli.title.actions.base import locked_application, locked_cycle, moved, write
from qingli.title.models import Application, Title
from qingli.title.queries.access import NotFoundError
from qingli.title.queries.standing import held_by
from qingli.title.rules import Award, TitleError, award, barred_until, months_after, title_number

TRIES = 20


@deed("title.named")
def name_title(
    *,
    application_id: UUID,
    document: str = "",
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Name a unit, when its notice is through with nothing open and nothing upheld. Gives the title.

    The money is that of the rule in force today. Without a `document` it is named by the programme's own.
    Raises notice-not-over, objection-open, objection-upheld, notice-gone, quota-exceeded,
    named-within-three-years, unit-kind, move-not-open, and of permissions (`title.decide`).
    """
    found = Application.objects.filter(pk=application_id).values_list("cycle_id", flat=True).first()
    if found is None:
        raise NotFoundError
    cycle = locked_cycle(found)
    application = locked_application(application_id)
    named = Application.objects.filter(cycle=cycle, state="named").count()
    move = moved(application, "name", by, recorded_at, named=named)
    programme = cycle.programme
    if not application.unit.path.startswith(programme.unit.path):
        raise TitleError("unit-kind")  # it was moved out of the territory of the programme meanwhile
    _check_bar(application, programme.goal)
    write(application, move)
    title = _enter(
        unit_id=application.unit_id,
        programme=programme,
        application=application,
        name=programme.name,
        goal=programme.goal,
        level="city",
        issuing_body=programme.issuing_body,
        document=clean_text(document, 120, "document", needed=False) or programme.approval_document,
        named_on=move.today,
        valid_until=months_after(move.today, 12 * programme.valid_years) - timedelta(days=1),
        award=_kept(award(cycle.award_rule, move.today)),
    )
    return Act("title", title.id, application.unit.path, move.facts(**_facts(title), application=str(application.id)))


def _check_bar(application: Application, goal: str) -> None:
    """A title that was entered since the application was handed in counts too."""
    again = barred_until(goal, held_by(application.unit_id))
    if again is not None and application.handed_in is not None and application.handed_in < again:
        raise TitleError("named-within-three-years", {"from": again})


@deed("title.registered")
def register_title(
    *,
    unit_id: UUID,
    name: str,
    goal: str,
    level: str,
    issuing_body: str,
    document: str,
    named_on: date,
    valid_until: date | None = None,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """Enter a title that was given on paper: the district its own, the city those of former years. Gives the title.

    Raises title-in-future, title-ends-early, level-unknown, title-already-there, and what the ground says of texts
    and permissions (`title.recommend` for a district's, `title.decide` for a city's).
    """
    unit = public_unit(unit_id)
    if unit is None:
        raise NotFoundError
    if level not in ("district", "city"):
        raise TitleError("level-unknown", field="level")
    require(by, "title.recommend" if level == "district" else "title.decide", unit.path)
    if named_on > day_of(recorded_at, unit.time_zone):
        raise TitleError("title-in-future", field="named_on")
    if valid_until is not None and valid_until < named_on:
        raise TitleError("title-ends-early", field="valid_until")
    if Title.objects.filter(unit_id=unit.id, goal=goal, level=level, named_on=named_on).exists():
        raise TitleError("title-already-there", field="named_on")
    title = _enter(
        unit_id=unit.id,
        name=clean_text(name, 80, "name"),
        goal=clean_text(goal, 24, "goal"),
        level=level,
        issuing_body=clean_text(issuing_body, 120, "issuing_body"),
        document=clean_text(document, 120, "document"),
        named_on=named_on,
        valid_until=valid_until,
    )
    return Act("title", title.id, unit.path, _facts(title))


def _enter(**facts: Any) -> Title:
    """The title with the next number of its year. Who takes the same number at the same moment takes the next one."""
    year = facts["named_on"].year
    for _ in range(TRIES):
        last = Title.objects.filter(year=year).aggregate(last=Max("sequence"))["last"] or 0
        number = title_number(year, last + 1)
        try:
            with transaction.atomic():
                return Title.objects.create(year=year, sequence=last + 1, number=number, **facts)
        except IntegrityError:
            same = {name: facts[name] for name in ("unit_id", "goal", "level", "named_on")}
            if Title.objects.filter(**same).exists():
                raise TitleError("title-already-there", field="named_on") from None
            if not Title.objects.filter(number=number).exists():
                raise  # not the number: something else forbids it
    raise TitleError("title-already-there", field="named_on")


def _kept(given: Award) -> Mapping[str, object]:
    parts = [[part.code, part.amount] for part in given.parts]
    return {"rule": given.rule, "version": given.version, "parts": parts, "categories": list(given.categories)}


def _facts(title: Title) -> dict[str, object]:
    """Everything by which the register can be built anew."""
    return {
        "unit": str(title.unit_id),
        "number": title.number,
        "name": title.name,
        "goal": title.goal,
        "level": title.level,
        "issuing_body": title.issuing_body,
        "document": title.document,
        "named_on": str(title.named_on),
        "valid_until": str(title.valid_until or ""),
        "award": dict(title.award),
    }
