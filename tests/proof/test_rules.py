"""What people will argue about: when a figure is enough, when it is met, what points it gives, what was drawn."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingli.catalogue import Criterion, load_catalogue
from qingli.proof.rules import (
    Judged,
    ProofError,
    Seen,
    check_period,
    count_figure,
    draw,
    frame_hash,
    half_year,
    is_complete,
    score_judged,
    score_record,
    score_sample,
    share_figure,
)
from qingli.proof.rules.scoring import check_mark

SAMPLE = load_catalogue().standards["sample-green-community", "1.0"]
ON_TIME = SAMPLE.criterion("tasks-on-time")  # 16 points, 80 per cent of at least 10
TIDY = SAMPLE.criterion("stairwells-tidy")  # 14 points, 80 per cent of at least 5
HALF = (date(2026, 7, 1), date(2027, 1, 1))
SITES = [uuid5(UUID(int=0), str(number)) for number in range(40)]


def on_time(numerator: int, n: int, criterion: Criterion = ON_TIME) -> tuple[str, Decimal]:
    figure = share_figure(
        "tasks-on-time",
        numerator,
        n,
        period=HALF,
        missing=0,
        min_n=criterion.min_n,
        at_least=criterion.at_least,
    )
    score = score_record(criterion, figure)
    return score.state, score.points


@pytest.mark.parametrize(
    ("numerator", "n", "state", "points"),
    [
        (8, 10, "met", "16.0"),
        (799, 1000, "partly", "15.9"),  # rounded down: not reached is not full
        (4, 10, "partly", "8.0"),
        (0, 10, "not-met", "0.0"),
        (9, 9, "not-enough-data", "0.0"),
        (0, 0, "not-enough-data", "0.0"),
    ],
)
def test_a_share_is_met_partly_met_or_not_enough_data(numerator: int, n: int, state: str, points: str) -> None:
    assert on_time(numerator, n) == (state, Decimal(points))


def test_without_partial_points_it_is_all_or_nothing() -> None:
    assert on_time(79, 100, replace(ON_TIME, partial=False)) == ("not-met", Decimal("0.0"))


def test_of_nothing_there_is_no_share() -> None:
    assert share_figure("x", 0, 0, period=HALF, missing=0, min_n=0, at_least=0).value is None


@given(st.integers(0, 400), st.integers(0, 400))
def test_more_done_in_time_never_gives_fewer_points(numerator: int, more: int) -> None:
    n = numerator + more + 10
    assert Decimal(0) <= on_time(numerator, n)[1] <= on_time(min(numerator + 1, n), n)[1] <= ON_TIME.points
    assert (on_time(numerator, n)[1] == ON_TIME.points) == (on_time(numerator, n)[0] == "met")


def test_a_number_is_compared_with_its_threshold() -> None:
    activities = SAMPLE.criterion("activities-held")  # 10 points for 4, from 1

    def held(number: int) -> tuple[str, Decimal]:
        figure = count_figure("activities", number, number, period=HALF, missing=0, min_n=1, at_least=4)
        score = score_record(activities, figure)
        return score.state, score.points

    assert held(0) == ("not-enough-data", Decimal("0.0"))
    assert held(3) == ("partly", Decimal("7.5"))
    assert held(5) == ("met", Decimal("10.0"))


def test_a_sample_counts_what_was_seen() -> None:
    assert score_sample(TIDY, None).state == "not-enough-data"
    assert score_sample(TIDY, Seen(4, 0, 1, 40)).state == "not-enough-data"
    assert score_sample(TIDY, Seen(4, 1, 0, 40)).state == "met"
    assert score_sample(TIDY, Seen(2, 3, 0, 40)).points == Decimal("7.0")
    assert score_sample(TIDY, Seen(3, 0, 0, 3)).state == "met"  # there are no more than three
    assert score_sample(TIDY, Seen(0, 0, 3, 3)).state == "not-enough-data"
    assert score_sample(TIDY, Seen(0, 5, 0, 40)).state == "not-met"


def test_what_is_judged_waits_for_its_mark() -> None:
    judged = SAMPLE.criterion("local-practice")
    assert score_judged(judged, None).state == "to-judge"
    assert score_judged(judged, Judged(6, "x")).state == "met"
    assert score_judged(judged, Judged(2, "x")).state == "partly"
    assert score_judged(judged, Judged(0, "x")).state == "not-met"
    for criterion, points, reason, code in (
        (judged, 7, "x", "points-out-of-range"),
        (judged, -1, "x", "points-out-of-range"),
        (judged, 3, "", "no-reason"),
        (ON_TIME, 3, "x", "not-judged"),
    ):
        with pytest.raises(ProofError) as caught:
            check_mark(criterion, points, reason)
        assert caught.value.code == code


def test_a_promise_is_complete_with_somebody_a_time_and_a_number_or_proof() -> None:
    assert is_complete(owned=True, dated=True, number=False, proof=True)
    assert is_complete(owned=True, dated=True, number=True, proof=False)
    assert not is_complete(owned=True, dated=True, number=False, proof=False)
    assert not is_complete(owned=False, dated=True, number=True, proof=True)
    assert not is_complete(owned=True, dated=False, number=True, proof=True)


def test_half_years_and_periods() -> None:
    assert half_year(date(2026, 6, 30)) == (date(2026, 1, 1), date(2026, 7, 1))
    assert half_year(date(2026, 12, 31)) == HALF
    check_period(*HALF)
    for since, until in ((HALF[1], HALF[0]), (HALF[0], HALF[0]), (date(2020, 1, 1), date(2026, 1, 1))):
        with pytest.raises(ProofError, match="bad-period"):
            check_period(since, until)


def test_a_draw_can_be_done_again_by_hand() -> None:
    drawn = draw("seed", SITES, 5)
    assert drawn == draw("seed", reversed(SITES), 5)
    assert drawn == draw("seed", SITES, 40)[:5]
    assert drawn != draw("another", SITES, 5)
    # printf 'seed:%s' ID | sha256sum, for every id; the smallest comes first
    assert str(drawn[0]) == "e4a2a7ed-3bf3-53cf-a2bb-154dbb39a38c"
    assert draw("seed", SITES, 99) == draw("seed", SITES, 40)
    with pytest.raises(ValueError, match="needs a seed"):
        draw("", SITES, 5)


def test_every_site_is_as_likely() -> None:
    times = dict.fromkeys(SITES, 0)
    for number in range(2000):
        for site in draw(f"seed {number}", SITES, 8):
            times[site] += 1
    assert sum(times.values()) == 16_000
    assert all(320 < number < 480 for number in times.values())  # 400 expected, four and a half deviations


def test_a_list_of_sites_is_known_by_its_hash() -> None:
    assert frame_hash(SITES) == frame_hash(reversed(SITES)) != frame_hash(SITES[1:])
