"""Do the tables say what the journal says?"""

from collections.abc import Iterator

from qingli.archive.queries import told
from qingli.title.models import Application, Title
from qingli.title.rules.replay import ApplicationState, TitleState, differences, rebuild


def faults() -> Iterator[str]:
    """Applications and titles that are not what the journal alone makes of them, one line each."""
    found = rebuild(told("title."))
    applications = {
        row.id: ApplicationState(
            str(row.cycle_id),
            str(row.unit_id),
            row.state,
            row.standard_id,
            row.standard_version,
            str(row.assessment_id or ""),
            str(row.notice_id or ""),
        )
        for row in Application.objects.order_by("id").iterator()
    }
    titles = {
        row.id: TitleState(
            str(row.unit_id),
            row.number,
            row.goal,
            row.level,
            str(row.named_on),
            str(row.valid_until or ""),
            str(row.application_id or ""),
            tuple((code, int(amount)) for code, amount in row.award.get("parts", ())),
        )
        for row in Title.objects.order_by("id").iterator()
    }
    yield from differences("application", found.applications, applications)
    yield from differences("title", found.titles, titles)
