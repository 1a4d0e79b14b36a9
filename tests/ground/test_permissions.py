"""The one table of permissions against the table that people have read."""

from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingli.ground.rules import (
    DEEDS,
    PERMISSIONS,
    SYSTEM,
    Access,
    Asker,
    Level,
    NotAllowedError,
    PostFact,
    Role,
    UnitKind,
    access,
    level,
    may,
    reach,
    require,
    visitor,
)
from qingli.ground.rules.permissions import TEAM_ROLES, require_grant
from qingli.ground.rules.shapes import COMMITTEES, HELD_IN

HOME = "/city/street/home/"
SEEN_FROM_HOME = {
    Level.OWN: HOME,
    Level.BELOW: HOME + "grid/",
    Level.ABOVE: "/city/street/",
    Level.BESIDE: "/city/street/other/",
}
WORDS = {"-": Access.NONE, "aggregate": Access.AGGREGATE, "handed": Access.AGGREGATE, "detail": Access.DETAIL}
ANSWERS_FROM_ABOVE = {"plan.approve", "title.endorse", "title.recommend", "title.decide"}
ID = UUID(int=1)


def holding(*posts: tuple[Role, str]) -> Asker:
    return Asker(person_id=ID, name="某人", posts=tuple(PostFact(role, ID, path) for role, path in posts))


def reviewed() -> dict[tuple[str, str], list[str]]:
    """The rows of the file by role and deed."""
    rows: dict[tuple[str, str], list[str]] = {}
    role = ""
    for line in (Path(__file__).parent / "permission_matrix.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        first, *cells = line.split()
        if not line.startswith(" "):
            role = first
            assert cells == [where.value for where in Level]
            continue
        assert (role, first) not in rows
        rows[role, first] = cells
    return rows


MATRIX = reviewed()


def test_the_reviewed_table_names_every_role_and_deed_once() -> None:
    assert list(MATRIX) == [(role.value, deed) for role in Role for deed in DEEDS]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("where", Level)
def test_every_deed_is_allowed_as_reviewed(role: Role, where: Level) -> None:
    asker = holding((role, HOME))
    column = list(Level).index(where)
    target = SEEN_FROM_HOME[where]
    for deed in DEEDS:
        expected = WORDS[MATRIX[role.value, deed][column]]
        assert access(asker, deed, target) is expected, deed
        assert may(asker, deed, target) is (expected is Access.DETAIL), deed
        assert may(asker, deed, target, taken_up=True) is (expected is not Access.NONE), deed


def test_figures_are_for_reading_and_handed_things_for_doing() -> None:
    for (_, deed), cells in MATRIX.items():
        assert ("aggregate" not in cells) or deed.endswith(".read")
        assert ("handed" not in cells) or not deed.endswith(".read")


def test_an_office_sees_figures_of_what_lies_below_and_nothing_done_there_is_its_doing() -> None:
    for role in (Role.STREET_OFFICE, Role.DISTRICT_OFFICE, Role.CITY_OFFICE, Role.REVIEWER, Role.FINANCE, Role.AUDITOR):
        for deed in DEEDS:
            if PERMISSIONS[role][deed][Level.BELOW] is Access.DETAIL:
                assert deed in {"unit.read", "unit.write", *ANSWERS_FROM_ABOVE}, (role, deed)


def test_details_of_everything_below_belong_to_committees_and_administrators() -> None:
    for role in Role:
        if PERMISSIONS[role]["record.read"][Level.BELOW] is Access.DETAIL:
            assert HELD_IN[role] <= COMMITTEES, role


def test_nobody_does_or_sees_anything_beside_but_the_names_of_units() -> None:
    for role in Role:
        for deed in DEEDS:
            assert (PERMISSIONS[role][deed][Level.BESIDE] is not Access.NONE) is (deed == "unit.read")


def test_whoever_opens_doors_does_not_read_the_journal_and_whoever_reads_it_all_opens_none() -> None:
    assert not may(holding((Role.ADMINISTRATOR, HOME)), "journal.read", HOME)
    assert not any(may(holding((Role.AUDITOR, HOME)), deed, HOME) for deed in DEEDS if not deed.endswith(".read"))


def test_several_posts_give_the_farthest_and_a_cover_gives_what_the_covered_post_gives() -> None:
    both = holding((Role.VOLUNTEER, HOME), (Role.AUDITOR, "/city/"))
    assert access(both, "task.read", HOME) is Access.AGGREGATE
    assert access(both, "journal.read", "/city/") is Access.DETAIL
    covering = Asker(person_id=ID, covers=(PostFact(Role.CLERK, ID, HOME),))
    assert may(covering, "plan.draft", HOME)


def test_the_system_may_everything_and_a_visitor_nothing() -> None:
    assert all(may(SYSTEM, deed, HOME) for deed in DEEDS)
    assert all(access(visitor("x"), deed, HOME) is Access.NONE for deed in DEEDS)
    assert (SYSTEM.ref, visitor("ab").ref, holding().ref) == ("system", "visitor:ab", f"person:{ID}")


def test_an_asker_is_a_person_or_has_a_handle() -> None:
    with pytest.raises(ValueError, match="either"):
        Asker()
    with pytest.raises(ValueError, match="either"):
        Asker(person_id=ID, handle="system")


def test_require_says_no_with_a_code() -> None:
    with pytest.raises(NotAllowedError) as caught:
        require(holding((Role.VOLUNTEER, HOME)), "plan.adopt", HOME)
    assert caught.value.code == "not-allowed"


def test_a_committee_gives_the_posts_of_its_own_helpers_and_an_administrator_all() -> None:
    head, administrator = holding((Role.HEAD, HOME)), holding((Role.ADMINISTRATOR, "/city/"))
    for role in Role:
        require_grant(administrator, role, HOME)
        if role in TEAM_ROLES:
            require_grant(head, role, HOME)
        else:
            with pytest.raises(NotAllowedError) as caught:
                require_grant(head, role, HOME)
            assert caught.value.code == "role-not-yours-to-give"
    with pytest.raises(NotAllowedError):
        require_grant(holding((Role.CLERK, HOME)), Role.VOLUNTEER, HOME)


PATHS = ["/a/", "/a/b/", "/a/b/c/", "/a/b/d/", "/a/b/c/e/", "/a/bb/", "/f/", "/a/b/c/e/g/"]
ASKERS = st.lists(st.tuples(st.sampled_from(Role), st.sampled_from(PATHS)), max_size=3).map(lambda p: holding(*p))


@given(asker=ASKERS, deed=st.sampled_from(DEEDS), path=st.sampled_from(PATHS), wanted=st.sampled_from(Access))
def test_a_reach_holds_exactly_where_access_suffices(asker: Asker, deed: object, path: str, wanted: Access) -> None:
    if wanted is Access.NONE:
        return
    for each in DEEDS:
        if each == deed:
            assert reach(asker, each, wanted).holds(path) is (access(asker, each, path) >= wanted)


def test_levels() -> None:
    assert [level("/a/b/", other) for other in ("/a/b/", "/a/b/c/d/", "/a/", "/a/bc/", "/b/")] == [
        Level.OWN,
        Level.BELOW,
        Level.ABOVE,
        Level.BESIDE,
        Level.BESIDE,
    ]


def test_every_kind_of_unit_has_somebody_to_answer_for_it() -> None:
    for kind in UnitKind:
        assert any(kind in HELD_IN[role] for role in Role if role not in {Role.PARTY_STAFF, Role.VOLUNTEER})
