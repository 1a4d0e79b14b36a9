"""No sum over fewer than five communities is shown, and none can be worked out from what is shown."""

from itertools import combinations
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from qingli.insight.city import NOT_APPLIED, applications_shown
from qingli.insight.suppress import FEWEST, held_back, split_may_be_shown

units = st.frozensets(st.integers(0, 11))
groups = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), units, max_size=8)


@settings(deadline=None)
@given(groups)
def test_what_is_shown_comes_from_five_or_nobody(parts: dict[str, frozenset[int]]) -> None:
    hidden = held_back(parts)
    assert all(not of or len(of) >= FEWEST for part, of in parts.items() if part not in hidden)


@settings(deadline=None)
@given(groups)
def test_the_whole_less_what_is_shown_comes_from_five_or_nobody(parts: dict[str, frozenset[int]]) -> None:
    hidden = held_back(parts)
    behind = frozenset().union(*(parts[part] for part in hidden))
    everybody = frozenset().union(*parts.values())
    assert not hidden or len(behind) >= FEWEST or len(everybody) < FEWEST or behind == everybody


@settings(deadline=None)
@given(groups)
def test_nothing_is_held_back_where_every_part_has_five(parts: dict[str, frozenset[int]]) -> None:
    assert not held_back({part: of | frozenset(range(100, 105)) for part, of in parts.items()})


def test_one_part_of_a_few_takes_the_smallest_other_with_it() -> None:
    parts = {"tanks": {1, 2}, "cleaning": set(range(9)), "meetings": set(range(6)), "training": set()}
    assert held_back(parts) == {"tanks", "meetings"}


def test_two_parts_of_a_few_hide_each_other_only_with_five_different_communities() -> None:
    assert held_back({"a": {1, 2}, "b": {3, 4, 5}, "c": set(range(9))}) == {"a", "b"}
    assert held_back({"a": {1, 2}, "b": {1, 2, 3}, "c": set(range(9))}) == {"a", "b", "c"}


def test_a_part_and_the_rest_are_nobody_or_at_least_five() -> None:
    told = [part for part in range(13) if split_may_be_shown(part, 12)]
    assert told == [0, 5, 6, 7, 12]
    assert not any(split_may_be_shown(part, 4) for part in range(5))
    assert [part for part in range(10) if split_may_be_shown(part, 9)] == [0, 9]
    for part, whole in combinations(range(30), 2):
        assert split_may_be_shown(part, whole) == split_may_be_shown(whole - part, whole)


def test_what_the_register_tells_does_not_hide_what_it_does_not() -> None:
    units = [uuid4() for _ in range(20)]
    states = {"named": frozenset(units[:3]), "returned": frozenset(units[3:5]), "submitted": frozenset(units[5:12])}
    shown = dict(applications_shown(states, frozenset(units)))
    # 20 less 7 and 8 are 5: less the three that everybody can look up, two communities were sent back
    assert shown["named"] == 3
    assert shown["returned"] is None
    assert None in (shown["submitted"], shown[NOT_APPLIED])
