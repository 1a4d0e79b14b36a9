"""Reads of titles: a unit's own, the public register, and the check of one number."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from qingli.archive.queries import history
from qingli.board.queries import public_notice
from qingli.board.rules import ReplyKind
from qingli.ground.queries import public_unit, surroundings
from qingli.ground.queries.scope import page_key
from qingli.ground.rules import SYSTEM, Asker
from qingli.ledger.queries import public_use
from qingli.proof.queries import frozen
from qingli.title.models import Application, Title
from qingli.title.queries.access import NotFoundError
from qingli.title.queries.lines import stations, title_line
from qingli.title.queries.money import award_of
from qingli.title.queries.shapes import Certificate, Decided, Register, TitleLine
from qingli.title.rules import read_number


def titles_of_unit(asker: Asker, unit_id: UUID, *, today: date) -> tuple[TitleLine, ...]:
    """The titles of a unit, newest first. They are public; whoever asks is signed in. Two queries."""
    if public_unit(unit_id) is None:
        raise NotFoundError
    rows = Title.objects.filter(unit_id=unit_id).select_related("unit").order_by("-named_on", "-id")
    return tuple(title_line(row, today) for row in rows)


def register(*, today: date, year: int | None = None, after: str | None = None, limit: int = 50) -> Register:
    """All titles, newest first, of one year where asked for. Two queries, for anybody."""
    years = Title.objects.order_by("-year").values_list("year", flat=True).distinct()
    rows = Title.objects.select_related("unit")
    if year is not None:
        rows = rows.filter(year=year)
    if key := page_key(after):
        last = Title.objects.filter(pk=key).values("named_on")[:1]
        rows = rows.filter(Q(named_on__lt=last) | Q(named_on=last, id__lt=key))
    found = list(rows.order_by("-named_on", "-id")[: limit + 1])
    lines = tuple(title_line(row, today) for row in found[:limit])
    return Register(lines, tuple(years), str(lines[-1].id) if len(found) > limit else None)


def certificate(number: str, *, today: date) -> Certificate:
    """What anybody may check of a number, and how it was decided. A constant number of queries.

    Raises number-malformed where a digit was copied wrongly, NotFoundError where there is no such title.
    """
    rows = Title.objects.select_related("unit", "programme", "application__notice")
    row = rows.filter(number=read_number(number)).first()
    if row is None:
        raise NotFoundError
    around = surroundings(SYSTEM, row.unit_id)
    award = award_of(row)
    return Certificate(
        title=title_line(row, today),
        place=tuple(one.name for one in around.above) if around else (),
        script=row.unit.script,
        decided=_decided(row, row.application, today) if row.application else None,
        award=award if award.parts else None,
        use=public_use("title", row.id) if award.parts else None,
    )


def _decided(row: Title, application: Application, today: date) -> Decided:
    assert row.programme is not None
    assert application.notice is not None
    assert application.assessment_id is not None
    notice = public_notice(application.notice.slug, today=today)
    assessed = frozen(SYSTEM, application.assessment_id)
    entries = [*history("application", application.id), *history("title", row.id)]
    return Decided(
        stations=stations(entries, row.unit.time_zone),
        notice_slug=application.notice.slug,
        opens=notice.line.opens,
        ends=notice.line.ends,
        calendar_days=notice.line.calendar_days,
        working_days=notice.line.working_days,
        objections=sum(answer.kind is ReplyKind.OBJECTION for answer in notice.answers),
        standard=assessed.standard.names,
        standard_version=application.standard_version,
        points=f"{assessed.points.normalize():f}",
        of=assessed.of,
        approval_document=row.programme.approval_document,
        approval_date=row.programme.approval_date,
    )
