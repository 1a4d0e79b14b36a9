"""What the house knows of a unit already, so that no applicant writes it down again."""

from dataclasses import dataclass
from datetime import date

from qingli.ground.queries import UnitView, posts, site_counts, surroundings
from qingli.ground.rules import SYSTEM, Asker, SiteType
from qingli.plan.queries import plans_of_unit


@dataclass(frozen=True, slots=True)
class Known:
    """A unit as an application names it. Counts only: no person is in it. `plan` is "" while none is in force."""

    unit: str
    above: tuple[str, ...]
    sites: dict[str, int]
    posts: int
    plan: str


def known_of(asker: Asker, unit: UnitView, *, today: date) -> Known:
    """What of this goes into every application. Whoever asks may see the unit's sites, people and plans."""
    around = surroundings(SYSTEM, unit.id)
    counts = site_counts(asker, unit.id)
    plans = plans_of_unit(asker, unit.id, today=today)
    return Known(
        unit=unit.name,
        above=tuple(one.name for one in around.above) if around else (),
        sites={kind.value: counts[kind] for kind in SiteType if kind in counts},
        posts=len({post.person_id for post in posts(asker, unit.id, day=today)}),
        plan=next((plan.title for plan in plans if plan.state == "in-force"), ""),
    )
