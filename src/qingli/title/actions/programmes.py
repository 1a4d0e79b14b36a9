"""Setting up a programme and opening its years."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from qingli.archive.actions import deed
from qingli.archive.rules import Act
from qingli.ground.queries import public_unit
from qingli.ground.rules import Asker, clean_text, day_of, require
from qingli.proof.queries.access import standards
from qingli.title.actions.base import locked_cycle
from qingli.title.models import Cycle, Programme
from qingli.title.queries.access import NotFoundError
from qingli.title.rules import TitleError, Windows, award, check_windows
from qingli.title.rules.windows import check_evidence, check_year

NAME, BODY, GOAL, DAYS = 80, 120, 24, 90


@deed("title.programme-set-up")
def set_up_programme(
    *,
    unit_id: UUID,
    name: str,
    issuing_body: str,
    approval_document: str,
    approval_date: date,
    goal: str = "named",
    valid_years: int = 3,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """A programme of titles of a city: whose it is, and by which document it was approved. It costs no fee.

    Gives the programme. Raises approval-in-future, valid-years-out-of-range, programme-already-there, and what the
    ground says of texts and permissions (`title.manage`).
    """
    unit = public_unit(unit_id)
    if unit is None:
        raise NotFoundError
    require(by, "title.manage", unit.path)
    if approval_date > day_of(recorded_at, unit.time_zone):
        raise TitleError("approval-in-future", field="approval_date")
    if not 1 <= valid_years <= 10:
        raise TitleError("valid-years-out-of-range", field="valid_years")
    facts = {
        "name": clean_text(name, NAME, "name"),
        "issuing_body": clean_text(issuing_body, BODY, "issuing_body"),
        "approval_document": clean_text(approval_document, BODY, "approval_document"),
        "goal": clean_text(goal, GOAL, "goal"),
    }
    if Programme.objects.filter(unit_id=unit.id, name=facts["name"]).exists():
        raise TitleError("programme-already-there", field="name")
    try:
        with transaction.atomic():
            programme = Programme.objects.create(
                unit_id=unit.id, approval_date=approval_date, valid_years=valid_years, fee=0, **facts
            )
    except IntegrityError:  # a colleague was quicker by a moment
        raise TitleError("programme-already-there", field="name") from None
    said = {**facts, "approval_date": str(approval_date), "valid_years": valid_years, "fee": 0}
    return Act("programme", programme.id, unit.path, said)


@deed("title.cycle-opened")
def open_cycle(
    *,
    programme_id: UUID,
    year: int,
    standard_id: str,
    standard_version: str,
    evidence_from: date,
    evidence_until: date,
    windows: Windows,
    quota: int | None = None,
    award_rule: str = "none",
    mend_days: int = 10,
    notice_days: int = 7,
    notice_working_days: int = 5,
    by: Asker,
    happened_at: datetime,
    recorded_at: datetime,
    key: UUID,
) -> Act:
    """One year of a programme: by which standard, from which evidence, in which windows, for how many, with what money.

    Gives the cycle. Raises year-out-of-range, windows-disordered, evidence-disordered, standard-unknown,
    money-rule-unknown, days-out-of-range, quota-out-of-range, cycle-already-there, and of permissions (`title.manage`).
    """
    programme = Programme.objects.select_related("unit").filter(pk=programme_id).first()
    if programme is None:
        raise NotFoundError
    require(by, "title.manage", programme.unit.path)
    check_year(year)
    check_windows(windows)
    check_evidence(evidence_from, evidence_until, windows)
    _check_standard(standard_id, standard_version)
    award(award_rule, windows.decide_until)
    _check_numbers(quota, mend_days, notice_days, notice_working_days)
    days = {name: getattr(windows, name) for name in windows.__slots__}
    days |= {"evidence_from": evidence_from, "evidence_until": evidence_until}
    rest: dict[str, object] = {
        "year": year,
        "standard_id": standard_id,
        "standard_version": standard_version,
        "mend_days": mend_days,
        "notice_days": notice_days,
        "notice_working_days": notice_working_days,
        "quota": quota,
        "award_rule": award_rule,
    }
    try:
        with transaction.atomic():
            cycle = Cycle.objects.create(programme=programme, **days, **rest)
    except IntegrityError:
        raise TitleError("cycle-already-there", {"year": year}, "year") from None
    said = {name: str(day) for name, day in days.items()}
    return Act("cycle", cycle.id, programme.unit.path, {"programme": str(programme.id), **rest, **said})


@deed("title.standard-changed")
def change_standard(
    *, cycle_id: UUID, version: str, by: Asker, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """Another version of the standard for whoever begins from now on; those who have begun keep theirs.

    Gives the cycle. Raises standard-unknown, standard-the-same, and of permissions (`title.manage`).
    """
    cycle = locked_cycle(cycle_id)
    path = cycle.programme.unit.path
    require(by, "title.manage", path)
    _check_standard(cycle.standard_id, version)
    before = cycle.standard_version
    if version == before:
        raise TitleError("standard-the-same", field="version")
    cycle.standard_version = version
    cycle.save(update_fields=["standard_version"])
    return Act("cycle", cycle.id, path, {"standard_version": version, "before": before})


def _check_standard(standard_id: str, version: str) -> None:
    if (standard_id, version) not in standards():
        raise TitleError("standard-unknown", field="standard_version")


def _check_numbers(quota: int | None, *days: int) -> None:
    if quota is not None and not 1 <= quota <= 10_000:
        raise TitleError("quota-out-of-range", field="quota")
    if not all(0 <= count <= DAYS for count in days) or not days[1]:
        raise TitleError("days-out-of-range", field="notice_days")
