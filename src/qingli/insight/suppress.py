"""Which figures over several communities may be shown: none over fewer than five, nor any that gives such a one away.

In the words of those it binds: docs/rules/aggregates.md.
"""

from collections.abc import Hashable, Mapping, Set
from typing import TypeVar

FEWEST = 5
"""Communities behind a figure that a level above may see."""

K = TypeVar("K", bound=Hashable)
U = TypeVar("U", bound=Hashable)


def held_back(groups: Mapping[K, Set[U]]) -> frozenset[K]:
    """The parts of a sum that must not be shown, where the sum itself is.

    A part with one to four communities is held back. What is held back can be worked out together, as the sum less what
    is shown: so it must come from at least five communities, else the smallest part that is shown is held back too, and
    so on. A part of nothing (nobody has any) tells of no one and is shown.
    """
    hidden = {key for key, units in groups.items() if 0 < len(units) < FEWEST}
    while hidden and len(frozenset().union(*(groups[key] for key in hidden))) < FEWEST:
        rest = [key for key, units in groups.items() if units and key not in hidden]
        if not rest:
            break
        hidden.add(min(rest, key=lambda key: (len(groups[key]), str(key))))
    return frozenset(hidden)


def split_may_be_shown(part: int, whole: int) -> bool:
    """Whether "`part` of `whole` communities" may be said.

    The part and the rest are each a group: either nobody, or at least five.
    """
    rest = whole - part
    return whole >= FEWEST and all(group == 0 or group >= FEWEST for group in (part, rest))
