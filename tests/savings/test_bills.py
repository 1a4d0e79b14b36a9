"""What becomes of bills, rule by rule."""

from qingli.savings.bills import Bill, Period, cadence, periods, reference_periods
from qingli.savings.windows import windows


def _reasons(found: list[Period]) -> list[str]:
    return [period.reason for period in found]


def _bills(*lengths: int, use: float = 100.0) -> list[Bill]:
    made, day = [], 1000
    for length in lengths:
        made.append(Bill(day, day + length, use))
        day += length
    return made


def test_short_and_long_bills_are_set_aside_with_their_section() -> None:
    found = periods(_bills(30, 24, 36, 25, 35), kind="monthly", zero_is_missing=True)
    assert _reasons(found) == ["", "too-short", "too-long", "", ""]
    assert [period.rule for period in found] == ["", "2.2.3.4", "2.2.3.5", "", ""]
    assert [period.use for period in found] == [100, None, None, 100, 100]
    assert _reasons(periods(_bills(61, 71), kind="bimonthly", zero_is_missing=True)) == ["", "too-long"]


def test_after_the_change_a_long_bill_counts() -> None:
    assert _reasons(periods(_bills(30, 50), kind="monthly", zero_is_missing=True, reporting=True)) == ["", ""]


def test_an_estimate_and_the_reading_after_it_are_one_period_from_where_the_estimate_began() -> None:
    bills = [Bill(0, 30, 90.0), Bill(30, 60, 50.0, estimated=True), Bill(60, 90, 130.0), Bill(90, 120, 95.0)]
    found = periods(bills, kind="monthly", zero_is_missing=True)
    assert [(period.start, period.end, period.use) for period in found] == [
        (0, 30, 90.0),
        (30, 90, 180.0),
        (90, 120, 95.0),
    ]
    # The reference gives the days of the estimate to the bill before it.
    theirs = reference_periods(bills, kind="monthly")
    assert [(period.start, period.end, period.use) for period in theirs] == [
        (0, 60, 90.0),
        (60, 90, 180.0),
        (90, 120, 95.0),
    ]


def test_estimates_that_no_reading_follows_or_only_after_too_long_are_missing() -> None:
    long = [Bill(0, 30, 90.0, estimated=True), Bill(30, 60, 50.0, estimated=True), Bill(60, 90, 130.0)]
    assert _reasons(periods(long, kind="monthly", zero_is_missing=True)) == ["estimated-too-long"]
    never = [Bill(0, 30, 90.0), Bill(30, 60, 50.0, estimated=True)]
    assert _reasons(periods(never, kind="monthly", zero_is_missing=True)) == ["", "estimated-never-read"]
    gap = [Bill(0, 30, 90.0, estimated=True), Bill(40, 70, 50.0)]
    assert _reasons(periods(gap, kind="monthly", zero_is_missing=True)) == ["estimated-never-read", ""]


def test_zero_is_missing_for_electricity_and_a_number_for_gas() -> None:
    bills = _bills(30, use=0.0)
    assert _reasons(periods(bills, kind="monthly", zero_is_missing=True)) == ["zero-is-missing"]
    assert [period.use for period in periods(bills, kind="monthly", zero_is_missing=False)] == [0.0]


def test_how_often_bills_come() -> None:
    assert cadence(_bills(30, 31, 61)) == "monthly"
    assert cadence(_bills(61, 62, 30)) == "bimonthly"
    assert cadence(_bills(1, 1, 2)) == "daily"


def test_a_year_on_each_side_and_the_time_of_the_work_on_neither() -> None:
    bills = _bills(*([30] * 40))
    found = windows(bills, change=1000 + 600, done=1000 + 660)
    assert (found.before[0].start, found.before[-1].end) == (1000 + 240, 1000 + 600)
    assert (found.after[0].start, found.after[-1].end) == (1000 + 660, 1000 + 1020)
    assert not set(found.before) & set(found.after)
