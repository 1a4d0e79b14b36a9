"""From rows to what the queries give."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from qingli.archive.queries import JournalEntry
from qingli.board.queries import standings
from qingli.ground.rules import day_of
from qingli.title.models import Application, Cycle, Title
from qingli.title.queries.access import state_of, windows_of
from qingli.title.queries.shapes import ApplicationLine, CycleView, ProgrammeView, Station, TitleLine
from qingli.title.rules import Posted, Waits, Window, Windows, award, waits_for

_WINDOW: Mapping[Waits, Window] = {"street": "endorse", "district": "recommend", "city": "decide"}


def cycle_view(row: Cycle) -> CycleView:
    """A row with its programme and unit."""
    programme = row.programme
    return CycleView(
        id=row.id,
        programme=ProgrammeView(
            programme.id,
            programme.unit_id,
            programme.unit.name,
            programme.name,
            programme.goal,
            programme.issuing_body,
            programme.approval_document,
            programme.approval_date,
            programme.fee,
            programme.valid_years,
        ),
        year=row.year,
        standard_id=row.standard_id,
        standard_version=row.standard_version,
        evidence_from=row.evidence_from,
        evidence_until=row.evidence_until,
        windows=windows_of(row),
        mend_days=row.mend_days,
        notice_days=row.notice_days,
        notice_working_days=row.notice_working_days,
        quota=row.quota,
        award=award(row.award_rule, row.decide_until),
    )


def posted_among(rows: Iterable[Application], today: date) -> dict[UUID, Posted]:
    """How the notices about applications stand. Two queries at any number, none where none is posted."""
    pairs = [(row.notice_id, row.id) for row in rows if row.notice_id is not None]
    if not pairs:
        return {}
    return {
        subject: Posted(one.ends, one.over, one.open_objections, one.upheld, one.withdrawn)
        for subject, one in standings(pairs, today=today).items()
    }


def application_line(row: Application, today: date, posted: Posted | None) -> ApplicationLine:
    """A row with its unit and cycle."""
    state = state_of(row)
    windows = windows_of(row.cycle)
    waits = waits_for(state, windows, today, posted)
    until = _until(row, waits, windows, posted)
    return ApplicationLine(
        id=row.id,
        cycle_id=row.cycle_id,
        programme=row.cycle.programme.name,
        year=row.cycle.year,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        state=state,
        waits=waits,
        since=row.moved_on,
        until=until,
        days=(until - today).days if until else None,
        handed_in=row.handed_in,
        reason=row.reason,
        posted=posted,
    )


def _until(row: Application, waits: Waits, windows: Windows, posted: Posted | None) -> date | None:
    if waits == "community":
        return max(windows.apply_until, row.mend_until) if row.mend_until else windows.apply_until
    if waits == "notice":
        return posted.ends if posted else None
    return windows.until(_WINDOW[waits]) if waits else None


def title_line(row: Title, today: date) -> TitleLine:
    """A row with its unit."""
    return TitleLine(
        id=row.id,
        number=row.number,
        name=row.name,
        goal=row.goal,
        level=row.level,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        issuing_body=row.issuing_body,
        document=row.document,
        named_on=row.named_on,
        valid_until=row.valid_until,
        valid=row.named_on <= today and (row.valid_until is None or today <= row.valid_until),
        here=row.application_id is not None,
    )


def stations(entries: Iterable[JournalEntry], time_zone: str) -> tuple[Station, ...]:
    """The moves of an application out of its history; drafts that were saved, and what was erased, are left out."""
    return tuple(
        Station(
            kind=entry.kind,
            state=body["state"],
            on=day_of(entry.recorded_at, time_zone),
            window=body.get("window"),
            days=body.get("days"),
            reason=body.get("reason", ""),
            without_street=bool(body.get("without_street")),
        )
        for entry in entries
        if (body := entry.body) is not None and "state" in body
    )
