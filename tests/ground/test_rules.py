"""Paths, shapes, words and terms, without a database."""

from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingli import catalogue
from qingli.ground.rules import GroundError, Role, SiteType, Span, UnitKind, clean_phone, clean_text, clean_username
from qingli.ground.rules.paths import ancestors, child_path, clean_code, near, subtree
from qingli.ground.rules.shapes import PARENTS, check_fit, check_move, check_parent, check_role
from qingli.ground.rules.terms import (
    CoverFact,
    Holder,
    Term,
    check_cover,
    check_post,
    check_post_end,
    day_of,
    holders,
)
from qingli.ground.rules.words import mask_phone


def code_of(call: object, *args: object, **kwargs: object) -> str:
    """The code with which a rule refuses."""
    assert callable(call)
    with pytest.raises(GroundError) as caught:
        call(*args, **kwargs)
    return caught.value.code


CODES = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,4}[a-z0-9])?", fullmatch=True)
PATHS = st.lists(CODES, min_size=1, max_size=5).map(lambda codes: "/" + "/".join(codes) + "/")


@given(root=PATHS, other=PATHS)
def test_a_subtree_is_one_range_of_bytes(root: str, other: str) -> None:
    low, high = subtree(root)
    for path in (other, root, root + other[1:]):
        assert (low.encode() <= path.encode() < high.encode()) is path.startswith(root)


def test_ancestors_and_neighbours() -> None:
    assert ancestors("/a/b/c/") == ("/a/", "/a/b/")
    assert ancestors("/a/") == ()
    assert near("/a/b/1/", "/a/b/2/")
    assert near("/a/b/", "/a/b/2/")
    assert not near("/a/b/1/", "/a/c/1/")
    assert not near("/a/", "/b/")


@pytest.mark.parametrize("bad", ["", "a/b", "ä", "-a", "a-", "a b", "x" * 25, "..", "甲"])
def test_malformed_codes(bad: str) -> None:
    assert code_of(clean_code, bad) == "code-malformed"


def test_codes_and_paths() -> None:
    assert clean_code(" G-01 ") == "g-01"
    assert child_path("", "a") == "/a/"
    assert child_path("/a/", "b") == "/a/b/"
    assert code_of(child_path, "/" + "x" * 190 + "/", "y" * 10) == "path-too-long"


def test_shapes_of_the_mainland_and_of_taiwan_and_a_community_alone() -> None:
    for shape in (
        (None, "city", "district", "street", "community", "grid"),
        (None, "city", "district", "li", "neighbourhood"),
        (None, "district", "township", "li", "neighbourhood"),
        (None, "community", "grid"),
    ):
        kinds = [UnitKind(kind) if kind else None for kind in shape]
        for parent, kind in pairwise(kinds):
            assert kind is not None
            check_parent(kind, parent)
    assert code_of(check_parent, UnitKind.CITY, UnitKind.STREET) == "unit-not-here"
    assert code_of(check_parent, UnitKind.GRID, None) == "unit-not-here"
    assert code_of(check_parent, UnitKind.GRID, UnitKind.STREET) == "unit-not-here"
    assert all(kind not in PARENTS[kind] for kind in UnitKind)


def test_roles_have_their_places() -> None:
    check_role(Role.CLERK, UnitKind.LI)
    check_role(Role.BUILDING_HEAD, UnitKind.NEIGHBOURHOOD)
    assert code_of(check_role, Role.CLERK, UnitKind.CITY) == "role-not-here"
    assert code_of(check_role, Role.CITY_OFFICE, UnitKind.STREET) == "role-not-here"


def test_moves() -> None:
    check_move("/a/b/", "/c/")
    assert code_of(check_move, "/a/b/", "/a/b/c/") == "unit-into-itself"
    assert code_of(check_move, "/a/b/", "/a/b/") == "unit-into-itself"
    check_fit("/a/b/", "/a/bc/", 199)
    assert code_of(check_fit, "/a/b/", "/a/bc/", 200) == "path-too-long"


def test_text_is_one_clean_line() -> None:
    assert clean_text("  杏林\t 社區 ", 60, "name") == "杏林 社區"
    assert clean_text("", 60, "place", needed=False) == ""
    assert code_of(clean_text, " \n ", 60, "name") == "text-blank"
    assert code_of(clean_text, "長" * 61, 60, "name") == "text-too-long"
    assert code_of(clean_text, "a\x00b", 60, "name") == "text-unreadable"
    assert code_of(clean_text, "a\ud800", 60, "name") == "text-unreadable"


@pytest.mark.parametrize("text", ["王某11010519491231002X", "身分證A123456789。", "320106199001011234"])
def test_identity_numbers_are_never_taken(text: str) -> None:
    assert code_of(clean_text, text, 60, "name") == "text-has-id-number"


@pytest.mark.parametrize("text", ["8幢2單元", "電話 13800000000", "企業 91320100MA1XXXXX0X", "BA12345678901"])
def test_other_numbers_are_no_identity_numbers(text: str) -> None:
    assert clean_text(text, 60, "name") == text


def test_phones() -> None:
    assert clean_phone(" １３８ 0000-1234 ") == "138 0000-1234"
    assert clean_phone("") == ""
    assert code_of(clean_phone, "call me") == "phone-malformed"
    assert code_of(clean_phone, "1") == "phone-malformed"
    assert code_of(clean_phone, "320106199001011234") == "text-has-id-number"
    assert [mask_phone(phone) for phone in ("13812345678", "84561234", "")] == ["138****5678", "****34", ""]


def test_user_names_have_one_spelling() -> None:
    assert clean_username(" Lin.QiuYue ") == clean_username("ｌｉｎ.qiuyue") == "lin.qiuyue"
    assert clean_username("林秋月") == "林秋月"
    for bad in ("", "x", "a b", "-ab", "x" * 41, "a@b", "a/b"):
        assert code_of(clean_username, bad) == "username-malformed"


D = [date(2026, 1, day) for day in range(1, 32)]
DAYS = st.sampled_from(D)
SPANS = st.tuples(DAYS, st.none() | DAYS).filter(lambda s: s[1] is None or s[1] >= s[0]).map(lambda s: Span(*s))


@given(one=SPANS, other=SPANS)
def test_spans_meet_where_a_day_lies_in_both(one: Span, other: Span) -> None:
    days, others = ({day for day in D if span.holds(day)} or {span.starts_on} for span in (one, other))
    assert one.meets(other) is bool(days & others)
    assert one.meets(other) is other.meets(one)


@given(one=SPANS, other=SPANS)
def test_a_span_in_another_holds_on_no_day_without_it(one: Span, other: Span) -> None:
    if one.lies_in(other):
        assert all(other.holds(day) for day in D if one.holds(day))


def test_spans_run_forward_and_the_unit_decides_the_day() -> None:
    assert code_of(Span, D[3], D[2]) == "span-backwards"
    late = datetime(2026, 1, 1, 17, 0, tzinfo=UTC)
    assert (day_of(late, "Asia/Taipei"), day_of(late, "UTC")) == (D[1], D[0])
    assert code_of(day_of, late, "Mars/Base") == "zone-unknown"
    assert code_of(day_of, late, "../etc/passwd") == "zone-unknown"


def test_posts_do_not_overlap_and_party_staff_belong_to_a_party() -> None:
    check_post(Role.CLERK, Span(D[10]), [Span(D[0], D[10])], has_party=False)
    assert code_of(check_post, Role.CLERK, Span(D[9]), [Span(D[0], D[10])], has_party=False) == "post-overlaps"
    assert code_of(check_post, Role.CLERK, Span(D[0], D[0]), [Span(D[0])], has_party=False) == "post-overlaps"
    assert code_of(check_post, Role.PARTY_STAFF, Span(D[0]), [], has_party=False) == "party-missing"
    assert code_of(check_post, Role.CLERK, Span(D[0]), [], has_party=True) == "party-not-wanted"


def test_a_post_does_not_end_under_a_cover() -> None:
    check_post_end([Span(D[0], D[5])], D[5])
    assert code_of(check_post_end, [Span(D[0], D[6])], D[5]) == "post-outlives-cover"
    assert code_of(check_post_end, [Span(D[0])], D[5]) == "post-outlives-cover"


def term(number: int, path: str = "/a/1/", span: Span | None = None, person: int = 0) -> Term:
    return Term(UUID(int=number), UUID(int=100 + (person or number)), path, span or Span(D[0]))


A, B, C = term(1), term(2, "/a/2/"), term(3)


def test_cover_by_somebody_near_within_both_terms() -> None:
    week = Span(D[5], D[10])
    check_cover(A, B, week, [])
    assert code_of(check_cover, A, term(4, person=1), week, []) == "cover-of-oneself"
    assert code_of(check_cover, A, term(4, "/b/2/"), week, []) == "cover-from-afar"
    assert code_of(check_cover, A, term(4, span=Span(D[6])), week, []) == "cover-outside-post"
    assert code_of(check_cover, term(1, span=Span(D[0], D[9])), B, week, []) == "cover-outside-post"


def test_one_cover_at_a_time_and_no_cover_of_a_cover() -> None:
    week, next_week = Span(D[5], D[10]), Span(D[10], D[15])
    a_by_b = CoverFact(A.post_id, B.post_id, week)
    assert code_of(check_cover, A, C, week, [a_by_b]) == "cover-overlaps"
    check_cover(A, C, next_week, [a_by_b])
    assert code_of(check_cover, B, C, week, [a_by_b]) == "cover-of-cover"
    assert code_of(check_cover, C, A, week, [a_by_b]) == "cover-of-cover"
    check_cover(C, B, week, [a_by_b])


def test_who_answers_for_a_post_while_its_holder_is_away() -> None:
    cover = CoverFact(A.post_id, B.post_id, Span(D[5], D[10]))
    own = (Holder(A.person_id, A.post_id),)
    covered = (Holder(B.person_id, B.post_id, covered_id=A.post_id),)
    answers = [holders([A], [cover], [B], day) for day in (D[4], D[5], D[9], D[10])]
    assert answers == [own, covered, covered, own]


def test_a_post_that_has_ended_answers_for_nothing_and_a_stand_in_without_a_post_does_not_stand_in() -> None:
    ended = term(1, span=Span(D[0], D[3]))
    assert holders([ended, C], [], [], D[4]) == (Holder(C.person_id, C.post_id),)
    gone = term(2, span=Span(D[0], D[6]))
    cover = CoverFact(A.post_id, gone.post_id, Span(D[5]))
    assert holders([A], [cover], [gone], D[7]) == (Holder(A.person_id, A.post_id),)


def test_the_longest_in_office_comes_first() -> None:
    young, old = term(1, span=Span(D[9])), term(2, span=Span(D[1]))
    assert [holder.post_id for holder in holders([young, old], [], [], D[20])] == [old.post_id, young.post_id]


def test_measures_name_no_other_site_types() -> None:
    measures = Path(catalogue.__file__).parent.glob("measures/*/measure.yaml")
    lines = [line for path in measures for line in path.read_text(encoding="utf-8").splitlines()]
    named = {line.split(":", 1)[1].strip() for line in lines if line.startswith("site_type:")}
    assert "household" in named
    assert named - {"null"} <= {kind.value for kind in SiteType}
