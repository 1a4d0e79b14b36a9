"""Each kind of fix on the page of a visitor's plan; what is garbled; the papers to take away."""

import io
import json
from typing import Any

import docx
import icalendar
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.public.conftest import PLAN
from tests.public.pages import buttons, carried, finding, now, tap, text_of


@pytest.fixture
def page(visitor: Client) -> Any:
    return visitor.post("/read/", {"text": PLAN})


@pytest.mark.parametrize(
    ("says", "choice", "before", "after"),
    [
        ("“定期” does not say how often", 1, "定期清洗水箱", "每月清洗水箱"),
        ("can be read in more than one way", 0, "於每年11月份前對", "於10月31日前對"),
        ("There is no such day", 0, "9月31日前", "9月30日前"),
        ("“20xx” is left to be filled in", 0, "20xx年6月24日", "2026年6月24日"),
    ],
)
def test_a_fix_changes_the_text_and_is_taken_back(
    visitor: Client, page: Any, says: str, choice: int, before: str, after: str
) -> None:
    assert before in now(page)
    mended = tap(visitor, page, f"fix:{finding(page, says)}:{choice}")
    assert after in now(mended)
    assert says not in text_of(mended)
    undone = tap(visitor, mended, "undo")
    assert now(undone) == now(page)
    assert carried(undone)["steps"] == "[]"


def test_a_doubled_action_is_taken_out(visitor: Client) -> None:
    twice = PLAN.replace("20xx年6月24日", "（五）11月底前完成社區14處水箱的清洗。\n2026年6月24日")
    page = visitor.post("/read/", {"text": twice})
    mended = tap(visitor, page, f"fix:{finding(page, 'says the same as')}:0")
    assert now(mended).count("14處水箱") == 1


def test_a_gap_in_the_numbers_is_closed(visitor: Client) -> None:
    page = visitor.post("/read/", {"text": PLAN.replace("（四）", "（五）")})
    mended = tap(visitor, page, f"fix:{finding(page, 'a number is missing')}:0")
    assert "（四）9月31日" in now(mended)


def test_another_places_name_becomes_ones_own(visitor: Client) -> None:
    page = visitor.post("/read/", {"text": PLAN + "杏林社區\n"})
    looked = tap(visitor, page, "look", community="柳塘社區")
    mended = tap(visitor, looked, f"fix:{finding(looked, 'signed by another community')}:0")
    assert now(mended).endswith("柳塘社區\n")
    assert carried(mended)["community"] == "柳塘社區"


def test_words_are_written_behind_all_actions_or_behind_one(visitor: Client, page: Any) -> None:
    number = finding(page, "do not say who is responsible")
    mended = tap(visitor, page, f"all:{number}", **{f"all-{number}": "由環保專幹負責"})
    assert now(mended).count("（由環保專幹負責）") == 5
    assert "who is responsible" not in text_of(mended)
    number = finding(mended, "do not say when or how often")
    one = next(button for button in buttons(mended) if button.startswith(f"one:{number}:"))
    timed = tap(visitor, mended, one)
    assert "（每月一次）" in now(timed)
    assert "One action does not say when" in text_of(timed)


def test_own_words_replace_what_was_left_open_wherever_it_stands(visitor: Client) -> None:
    page = visitor.post("/read/", {"text": PLAN.replace("居民代表", "xx小區居民代表")})
    number = finding(page, "“xx” is left to be filled in")
    mended = tap(visitor, page, f"words:{number}", **{f"words-{number}": "  柳岸 "})
    assert now(mended).count("柳岸小區") == 2
    by_key = tap(visitor, page, "enter", **{f"words-{number}": "柳岸"})
    assert now(by_key) == now(mended)


def test_what_is_fine_is_not_asked_again_until_taken_back(visitor: Client, page: Any) -> None:
    number = finding(page, "lies outside the time")
    settled = tap(visitor, page, f"fine:{number}")
    assert "lies outside the time" not in text_of(settled)
    assert now(settled) == now(page)
    assert "lies outside the time" in text_of(tap(visitor, settled, "undo"))


def test_a_plan_is_mended_to_the_end(visitor: Client, page: Any) -> None:
    for _turn in range(20):
        fine = [button for button in buttons(page) if button.startswith("fine:")]
        if not fine:
            break
        page = tap(visitor, page, fine[0])
    assert "nothing is missing" in text_of(page)


def test_what_was_changed_is_marked_in_the_plan(visitor: Client, page: Any) -> None:
    mended = tap(visitor, page, f"fix:{finding(page, 'does not say how often')}:1")
    assert "<ins>" in mended.content.decode()
    assert "<del>" in mended.content.decode()


def test_the_word_file_and_the_calendar_can_be_read_by_other_programs(visitor: Client, page: Any) -> None:
    mended = tap(visitor, page, f"fix:{finding(page, 'does not say how often')}:1")
    word = tap(visitor, mended, "docx")
    assert "attachment" in word["Content-Disposition"]
    paragraphs = [one.text for one in docx.Document(io.BytesIO(word.content)).paragraphs]
    assert any("每月" in one and "清洗水箱" in one for one in paragraphs)
    calendar = icalendar.Calendar.from_ical(tap(visitor, mended, "ics").content)
    days = [event.decoded("dtstart") for event in calendar.walk("VEVENT")]
    assert len(days) == 13  # twice six months, and the water tanks
    assert {"11月底前完成" in str(event["summary"]) for event in calendar.walk("VEVENT")} == {True, False}


def test_a_text_with_signs_that_no_file_may_hold_is_taken_away_all_the_same(visitor: Client) -> None:
    page = visitor.post("/read/", {"text": PLAN.replace("水箱", "水\x0c箱\x07\x1b")})
    assert page.status_code == 200
    assert tap(visitor, page, "docx").status_code == 200
    assert tap(visitor, page, "ics").status_code == 200


def test_offsets_do_not_move_when_a_browser_sends_the_text_back(visitor: Client) -> None:
    page = visitor.post("/read/", {"text": "\r\n\r\n" + PLAN.replace("\n", "\r\n")})
    for says in ("no such day", "does not say how often", "more than one way"):
        page = tap(visitor, page, f"fix:{finding(page, says)}:0")
    for words in ("（四）9月30日前", "（二）每週清洗", "於10月31日前對"):
        assert words in now(page)


@pytest.mark.parametrize(
    "steps",
    [
        "",
        "[",
        "7",
        "null",
        "[[7]]",
        "[[[1,2]]]",
        '[[[0,"x","y"]]]',
        '[[[0,99999,""]]]',
        '[[[-1,2,""]]]',
        '[[[5,2,""]]]',
        '[[[Infinity,2,""]]]',
        '[[[NaN,2,""]]]',
        '[[[0,0,"\\ud800"]]]',
        '[[[0,0,"\\u0000"]]]',
        "[" * 100_000,
        json.dumps([[[0, 0, "x" * 201]]]),
        json.dumps([[]] * 500),
    ],
)
def test_garbled_steps_lead_back_to_the_first_page(visitor: Client, steps: str) -> None:
    for do in ("look", "undo", "docx", "keep"):
        answer = visitor.post("/read/change/", {"original": PLAN, "steps": steps, "do": do}, follow=True)
        assert answer.status_code == 200
        assert "This page is no longer complete" in text_of(answer)


def test_steps_of_another_text_lead_back_to_the_first_page(visitor: Client, page: Any) -> None:
    mended = carried(tap(visitor, page, f"fix:{finding(page, 'no such day')}:0"))
    answer = visitor.post("/read/change/", {**mended, "original": "柳塘社區計劃", "do": "look"}, follow=True)
    assert answer.status_code == 200


def test_a_page_that_was_left_open_does_nothing_wrong(visitor: Client, page: Any) -> None:
    for do in ("fix:99:0", "fix:0:99", "all:99", "one:0:99:0", "one:3:0:99", "words:99", "fine:99", "what", "", "fix"):
        answer = tap(visitor, page, do)
        assert answer.status_code == 200
        assert now(answer) == now(page)


_DO = st.one_of(
    st.text(max_size=30),
    st.builds(
        ":".join,
        st.lists(
            st.one_of(
                st.sampled_from(["fix", "fine", "all", "one", "words", "enter", "undo", "look", "docx", "ics", "keep"]),
                st.integers(-3, 40).map(str),
                st.sampled_from(["²", "九", "1e3", "9" * 5000, "\x00"]),
            ),
            max_size=5,
        ),
    ),
)
_EDIT = st.tuples(st.integers(-5, 400), st.integers(-5, 400), st.text(max_size=20)).map(list)
_STEPS = st.one_of(
    st.text(max_size=40),
    st.recursive(st.one_of(st.none(), st.floats(), st.integers(), st.text(max_size=9)), st.lists, max_leaves=9).map(
        json.dumps
    ),
    st.lists(st.one_of(st.lists(_EDIT, max_size=3), st.text(max_size=20)), max_size=4).map(json.dumps),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    do=_DO,
    steps=_STEPS,
    original=st.one_of(st.just(PLAN), st.text(max_size=200)),
    community=st.text(max_size=80),
    year=st.one_of(st.text(max_size=6), st.integers(1000, 3000).map(str)),
    words=st.text(max_size=80),
)
def test_whatever_is_sent_is_answered(
    visitor: Client, do: str, steps: str, original: str, community: str, year: str, words: str
) -> None:
    typed = {f"{name}-{number}": words for name in ("all", "words") for number in range(4)}
    sent = {"do": do, "steps": steps, "original": original, "community": community, "year": year, **typed}
    sent = {name: value.encode("utf8", "replace").decode() for name, value in sent.items()}
    assert visitor.post("/read/change/", sent).status_code in (200, 302)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300), plan=st.text(max_size=8))
def test_whatever_is_pasted_is_answered(visitor: Client, text: str, plan: str) -> None:
    text, plan = (value.encode("utf8", "replace").decode() for value in (text, plan))
    assert visitor.post("/read/", {"text": text}).status_code in (200, 302, 422)
    assert visitor.post("/read/which/", {"text": text, "plan": plan}).status_code in (200, 302)
