"""The rules of titles, with the cases that people will argue about. No database."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from qingli.ground.rules import GroundError, UnitKind, day_of
from qingli.title import rules
from qingli.title.rules import (
    MONEY_RULES,
    MOVES,
    Against,
    Candidate,
    Held,
    MoneyRule,
    MoveFacts,
    MoveName,
    Part,
    Posted,
    State,
    TitleError,
    Windows,
    award,
    check_windows,
    months_after,
    open_moves,
    read_number,
    reasons,
    rows,
    title_number,
    waits_for,
)
from qingli.title.rules.replay import rebuild
from qingli.title.rules.words import clean_words

WINDOWS = Windows(date(2026, 5, 1), date(2026, 9, 30), date(2026, 10, 10), date(2026, 10, 31), date(2026, 12, 31))
INSIDE = date(2026, 9, 1)
OVER = Posted(ends=date(2026, 12, 8), over=True)
HELD = Held("named", "district", date(2025, 12, 1))
COMMUNITY = Candidate(UnitKind.COMMUNITY, inside=True, held=(HELD,))


def decide(name: MoveName, state: State, facts: MoveFacts) -> tuple[State, Against]:
    """As the first of the rows has it."""
    return rules.decide(rows(name, state)[0], state, facts)


def refused(name: MoveName, state: State, facts: MoveFacts) -> TitleError:
    with pytest.raises(TitleError) as caught:
        decide(name, state, facts)
    return caught.value


def why(candidate: Candidate, day: date = INSIDE) -> dict[str, dict[str, object]]:
    return {reason.code: dict(reason.facts) for reason in reasons(candidate, WINDOWS, day, goal="named")}


def test_the_way_of_an_application_that_goes_well() -> None:
    state: State = "draft"
    facts = MoveFacts(INSIDE, WINDOWS, posted=OVER)
    way: list[tuple[MoveName, State, int]] = [
        ("submit", "submitted", 29),
        ("endorse", "endorsed", 39),
        ("recommend", "recommended", 60),
        ("post", "posted", 121),
        ("name", "named", 121),
    ]
    for name, after, days in way:
        state, against = decide(name, state, facts)
        assert (state, against.days) == (after, days)
    assert open_moves("named") == open_moves("declined") == ()


def test_what_the_table_does_not_list_is_not_allowed() -> None:
    listed = {(move.name, state) for move in MOVES for state in move.before}
    facts = MoveFacts(date(2026, 10, 11), WINDOWS, reason="x", posted=replace(OVER, withdrawn=True))
    states: tuple[State, ...] = (
        "draft", "submitted", "endorsed", "recommended", "posted", "named", "declined", "returned", "withdrawn"
    )  # fmt: skip
    for state in states:
        for name in {move.name for move in MOVES}:
            if (name, state) not in listed:
                assert refused(name, state, facts).code == "move-not-open", (name, state)
    assert len(listed) == 21


def test_the_last_day_counts_to_its_end_in_the_units_own_zone() -> None:
    late_evening = datetime(2026, 9, 30, 15, 59, 59, tzinfo=UTC)  # a second before midnight in Shanghai
    assert decide("submit", "draft", MoveFacts(day_of(late_evening, "Asia/Shanghai"), WINDOWS))[1].days == 0
    after = datetime(2026, 9, 30, 16, 0, tzinfo=UTC)
    error = refused("submit", "draft", MoveFacts(day_of(after, "Asia/Shanghai"), WINDOWS))
    assert (error.code, error.facts) == ("window-closed", {"until": date(2026, 9, 30)})
    assert decide("submit", "draft", MoveFacts(day_of(after, "UTC"), WINDOWS))[0] == "submitted"
    early = refused("submit", "draft", MoveFacts(date(2026, 4, 30), WINDOWS))
    assert (early.code, early.facts) == ("not-yet-open", {"from": date(2026, 5, 1)})


def test_what_was_sent_back_has_its_own_last_day() -> None:
    facts = MoveFacts(date(2026, 10, 9), WINDOWS, mend_until=date(2026, 10, 9))
    assert decide("submit", "returned", facts)[0] == "submitted"
    error = refused("submit", "returned", replace(facts, today=date(2026, 10, 10)))
    assert (error.code, error.facts["until"]) == ("window-closed", date(2026, 10, 9))


def test_an_office_that_is_late_is_counted_and_stops_nothing() -> None:
    late = MoveFacts(date(2026, 11, 3), WINDOWS)
    assert decide("endorse", "submitted", late)[1].days == -24
    assert decide("recommend", "endorsed", late)[1].days == -3


def test_a_silent_street_is_passed_by_after_its_time_and_not_before() -> None:
    assert refused("recommend", "submitted", MoveFacts(date(2026, 10, 10), WINDOWS)).code == "street-has-time"
    assert decide("recommend", "submitted", MoveFacts(date(2026, 10, 11), WINDOWS))[0] == "recommended"
    assert waits_for("submitted", WINDOWS, date(2026, 10, 10)) == "street"
    assert waits_for("submitted", WINDOWS, date(2026, 10, 11)) == "district"


@pytest.mark.parametrize(
    ("posted", "code"),
    [
        (None, "notice-gone"),
        (replace(OVER, withdrawn=True), "notice-gone"),
        (replace(OVER, over=False), "notice-not-over"),
        (replace(OVER, open_objections=1), "objection-open"),
        (replace(OVER, upheld=1), "objection-upheld"),
    ],
)
def test_nobody_is_named_while_the_notice_is_not_through(posted: Posted | None, code: str) -> None:
    assert refused("name", "posted", MoveFacts(date(2026, 12, 9), WINDOWS, posted=posted)).code == code


def test_no_more_are_named_than_the_quota_allows() -> None:
    facts = MoveFacts(date(2026, 12, 9), WINDOWS, posted=OVER, named=20, quota=20)
    assert refused("name", "posted", facts).code == "quota-exceeded"
    assert decide("name", "posted", replace(facts, named=19))[0] == "named"
    assert decide("name", "posted", replace(facts, quota=None))[0] == "named"


@pytest.mark.parametrize("name", ["return", "decline"])
def test_who_says_no_says_why(name: MoveName) -> None:
    assert refused(name, "recommended", MoveFacts(INSIDE, WINDOWS, reason="  ")).code == "reason-needed"


def test_withdrawn_only_until_it_is_posted() -> None:
    assert decide("withdraw", "recommended", MoveFacts(date(2026, 11, 1), WINDOWS))[0] == "withdrawn"
    assert refused("withdraw", "posted", MoveFacts(date(2026, 11, 1), WINDOWS)).code == "move-not-open"


def test_a_community_with_a_district_title_may_apply() -> None:
    assert why(COMMUNITY) == {}
    assert why(Candidate(UnitKind.LI, inside=True, held=(HELD,))) == {}


def test_the_district_title_is_of_the_same_goal_and_no_younger_than_the_day() -> None:
    assert why(replace(COMMUNITY, held=())).keys() == {"no-district-title"}
    assert why(replace(COMMUNITY, held=(replace(HELD, goal="demonstration"),))).keys() == {"no-district-title"}
    assert why(replace(COMMUNITY, held=(replace(HELD, named_on=date(2026, 9, 2)),))).keys() == {"no-district-title"}
    assert why(replace(COMMUNITY, held=(replace(HELD, named_on=INSIDE),))) == {}
    assert why(replace(COMMUNITY, held=(replace(HELD, valid_until=date(2026, 8, 31)),))).keys() == {"no-district-title"}


def test_the_bar_is_three_calendar_years_to_the_day() -> None:
    named = replace(COMMUNITY, held=(HELD, Held("named", "city", date(2023, 9, 2))))
    assert why(named, date(2026, 9, 1)) == {"named-within-three-years": {"from": date(2026, 9, 2)}}
    assert why(named, date(2026, 9, 2)) == {}
    other = replace(COMMUNITY, held=(HELD, Held("demonstration", "city", date(2026, 1, 5))))
    assert why(other) == {}
    again = replace(named, held=(*named.held, Held("named", "city", date(2024, 2, 29))))
    assert why(again)["named-within-three-years"] == {"from": date(2027, 2, 28)}
    assert months_after(date(2023, 11, 30), 3) == date(2024, 2, 29)


def test_grids_and_strangers_do_not_apply() -> None:
    assert "unit-kind" in why(replace(COMMUNITY, kind=UnitKind.GRID))
    assert "unit-kind" in why(replace(COMMUNITY, inside=False))


def test_windows_stand_in_order() -> None:
    check_windows(WINDOWS)
    with pytest.raises(TitleError, match="windows-disordered") as caught:
        check_windows(replace(WINDOWS, recommend_until=date(2026, 10, 1)))
    assert caught.value.field == "recommend_until"


def test_the_award_is_that_of_the_day_and_stays() -> None:
    rules = {
        "r": (
            MoneyRule("1", date(2024, 1, 1), (Part("a", 1_000_000), Part("b", 1_000_000)), ("planting",)),
            MoneyRule("2", date(2026, 7, 1), (Part("a", 1_500_000),), ("planting",)),
        )
    }
    assert (award("r", date(2026, 6, 30), rules).version, award("r", date(2026, 6, 30), rules).total) == (
        "1",
        2_000_000,
    )
    assert (award("r", date(2026, 7, 1), rules).version, award("r", date(2026, 7, 1), rules).total) == ("2", 1_500_000)
    for day, code in ((date(2023, 12, 31), "r"), (date(2026, 1, 1), "x")):
        with pytest.raises(TitleError, match="money-rule-unknown"):
            award(code, day, rules)


def test_the_built_in_award_is_twice_ten_thousand() -> None:
    given = award("two-payers", date(2026, 12, 10))
    assert [(part.code, part.amount) for part in given.parts] == [("environment", 1_000_000), ("energy", 1_000_000)]
    assert award("none", date(2026, 12, 10)).total == 0
    for versions in MONEY_RULES.values():
        assert len({rule.from_day for rule in versions}) == len(versions)


def test_a_slip_in_a_number_is_noticed() -> None:
    number = title_number(2026, 12)
    assert read_number(f" {number} ") == number
    digits = [n for n, sign in enumerate(number) if sign.isdigit()]
    for place in digits:
        for other in "0123456789".replace(number[place], ""):
            with pytest.raises(TitleError, match="number-malformed"):
                read_number(number[:place] + other + number[place + 1 :])
    for wrong in ("", "2026-12", "２０２６-0012-7", number + "0", title_number(2026, 13)[:-1]):
        with pytest.raises(TitleError, match="number-malformed"):
            read_number(wrong)
    assert read_number(title_number(2026, 12345))


def test_twenty_thousand_characters_are_too_many_and_paragraphs_stay() -> None:
    assert clean_words(" 一\r\n\n 二 \n", 1500, "words") == "一\n\n二"
    for text in ("環" * 20_000, "環" * 50_000, "環\n" * 800):
        with pytest.raises(GroundError, match="text-too-long"):
            clean_words(text, 1500, "words")


class Entry:
    def __init__(self, kind: str, object_id: UUID, body: dict[str, object] | None) -> None:
        self.kind, self.object_id, self.body = kind, object_id, body


def test_the_journal_alone_tells_what_stands() -> None:
    application, title = uuid4(), uuid4()
    begun: dict[str, object] = {
        "cycle": "c", "unit": "u", "state": "draft", "standard": "s", "version": "1.0"
    }  # fmt: skip
    named: dict[str, object] = {
        "application": str(application), "state": "named", "unit": "u", "number": "2026-0001-1", "goal": "named",
        "level": "city", "named_on": "2026-12-10", "valid_until": "2029-12-09",
        "award": {"parts": [["environment", 1_000_000], ["energy", 1_000_000]]},
    }  # fmt: skip
    found = rebuild(
        [
            Entry("title.cycle-opened", uuid4(), {"year": 2026}),
            Entry("title.begun", application, begun),
            Entry("title.saved", application, {"words": 20}),
            Entry("title.submitted", application, {"state": "submitted", "assessment": "a"}),
            Entry("title.returned", application, None),  # erased
            Entry("title.named", title, named),
            Entry("title.award-paid", title, {"part": "energy"}),
        ]
    )
    assert found.applications[application].state == "named"
    assert found.applications[application].assessment == "a"
    assert found.titles[title].award == (("environment", 1_000_000), ("energy", 1_000_000))
