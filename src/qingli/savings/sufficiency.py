"""The verdict on the data, rule by rule, with the section of CalTRACK 2.0 that it comes from."""

from collections.abc import Mapping, Sequence
from statistics import median, quantiles

from .bills import Bill, Period
from .model import Rule
from .windows import YEAR, Windows

MOST_MISSING = 37  # days of the baseline year
LEAST_PERIODS = 4


def rules(
    bills: Windows, before: Sequence[Period], after: Sequence[Period], fitted: Mapping[str, object] | None
) -> tuple[Rule, ...]:
    """Every rule with its state; `fitted` is the kernel's row, none where there is no weather."""
    return (
        _baseline(bills, before),
        _missing(bills, before),
        *_set_aside(before, after),
        _flagged("negative", "2.3.5", [bill for bill in (*bills.before, *bills.after) if (bill.use or 0) < 0]),
        _high(bills),
        Rule("net-metering-change", "2.2.6", "unchecked"),
        Rule("station-distance", "2.4", "unchecked"),
        *_model(fitted),
        _reporting(bills, after),
    )


def decisive(found: Sequence[Rule]) -> list[Rule]:
    """The rules for which there is no answer."""
    return [rule for rule in found if rule.state == "unmet"]


def _days(periods: Sequence[Period]) -> int:
    return sum(period.days for period in periods if period.use is not None and not period.reason)


def _baseline(bills: Windows, before: Sequence[Period]) -> Rule:
    span = max((p.end for p in before), default=0) - min((p.start for p in before), default=0)
    state = "met" if span >= YEAR - MOST_MISSING else "unmet"
    return Rule("baseline-year", "2.2.1.1", state, {"days": span, "wanted": YEAR, "bills": len(bills.before)})


def _missing(bills: Windows, before: Sequence[Period]) -> Rule:
    first, last = bills.before_span
    inside = sum(
        max(0, min(period.end, last) - max(period.start, first))
        for period in before
        if period.use is not None and not period.reason
    )
    missing = (last - first) - inside
    state = "met" if missing <= MOST_MISSING else "unmet"
    return Rule("baseline-missing", "2.2.1.2", state, {"days": missing, "most": MOST_MISSING})


def _set_aside(before: Sequence[Period], after: Sequence[Period]) -> list[Rule]:
    found = []
    for code, section in (
        ("zero-is-missing", "2.2.1.4"),
        ("estimated-never-read", "2.2.3.1"),
        ("estimated-too-long", "2.2.3.1"),
        ("weather-missing", "2.2.3.2"),
        ("too-short", "2.2.3.4"),
        ("too-long", "2.2.3.5"),
        ("non-routine", "3.5"),
    ):
        counts = [sum(1 for period in part if period.reason == code) for part in (before, after)]
        state = "told" if any(counts) else "met"
        found.append(Rule(code, section, state, {"before": counts[0], "after": counts[1]}))
    merged = sum(1 for period in (*before, *after) if len(period.bills) > 1 and not period.reason)
    return [*found, Rule("estimated-merged", "2.2.3.1", "told" if merged else "met", {"count": merged})]


def _flagged(code: str, section: str, bills: Sequence[Bill]) -> Rule:
    return Rule(code, section, "told" if bills else "met", {"count": len(bills)})


def _high(bills: Windows) -> Rule:
    rates = [bill.use / bill.days for bill in bills.before if bill.use is not None and bill.days > 0]
    if len(rates) < LEAST_PERIODS:
        return Rule("unusually-high", "2.3.6", "unchecked")
    low, _, high = quantiles(rates, n=4, method="inclusive")
    limit = median(rates) + 3 * (high - low)
    count = sum(1 for rate in rates if rate > limit)
    return Rule("unusually-high", "2.3.6", "told" if count else "met", {"count": count, "limit_per_day": limit})


def _model(fitted: Mapping[str, object] | None) -> list[Rule]:
    if fitted is None:
        return [Rule("weather", "2.2.4", "unmet")]
    count, scatter = fitted["base_periods"], fitted["cvrmse"]
    assert isinstance(count, int)
    found = [
        Rule("weather", "2.2.4", "met" if count else "unmet", {"periods": count}),
        Rule(
            "enough-periods",
            "3.4.3",
            "met" if count >= LEAST_PERIODS else "unmet",
            {"periods": count, "wanted": LEAST_PERIODS},
        ),
        Rule("model-qualifies", "3.4.3.2", "met" if fitted["model"] else "unmet"),
    ]
    if isinstance(scatter, float):
        found.append(Rule("scatter", "4.3.2.1", "met" if scatter <= 1 else "unmet", {"cvrmse": scatter, "most": 1.0}))
    return found


def _reporting(bills: Windows, after: Sequence[Period]) -> Rule:
    days = _days(after)
    state = "unmet" if days == 0 else "met" if days >= YEAR - MOST_MISSING else "told"
    return Rule("reporting-days", "3.5.3", state, {"days": days, "wanted": YEAR, "bills": len(bills.after)})
