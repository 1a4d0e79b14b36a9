"""From what an asker may reach to a condition in the database. Rooms above use `within` on their own tables."""

from uuid import UUID

from django.db.models import Q

from qingli.ground.models import Unit
from qingli.ground.rules.asker import Asker
from qingli.ground.rules.errors import GroundError
from qingli.ground.rules.paths import subtree
from qingli.ground.rules.permissions import Deed, Reach, require


def below(path: str, field: str = "path", *, itself: bool = True) -> Q:
    """Rows whose unit lies in this subtree. `field` leads to the path: "unit__path"."""
    low, high = subtree(path)
    return Q(**{f"{field}__gte" if itself else f"{field}__gt": low, f"{field}__lt": high})


def within(reach: Reach, field: str = "path") -> Q:
    """Rows in any unit that a reach holds; `field` leads to the path: "unit__path"."""
    if reach.everywhere:
        return Q()
    found = Q(**{f"{field}__in": sorted(reach.units)})
    for root in sorted(reach.roots):
        found |= below(root, field, itself=False)
    return found


def path_for(asker: Asker, deed: Deed, unit_id: UUID) -> str:
    """The path of a unit in which the asker may do this. Raises `not-found`, `not-allowed`."""
    path = Unit.objects.filter(id=unit_id).values_list("path", flat=True).first()
    if path is None:
        raise GroundError("not-found", "unit")
    require(asker, deed, path)
    return path


def page_key(text: str | None) -> UUID | None:
    """The key of a page, as it came in an address; what is no key asks for the first page."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
