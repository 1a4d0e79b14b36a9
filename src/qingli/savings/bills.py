"""From bills as they came to periods that may be used, and a reason for each that may not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

SHORTEST = 25  # days, CalTRACK 2.2.3.4
LONGEST = {"monthly": 35, "bimonthly": 70}  # 2.2.3.5
_MERGED = 70  # estimated readings are merged into the next up to this length, 2.2.3.1


@dataclass(frozen=True, slots=True)
class Bill:
    """What was used from the day `start` to the day before `end` (days since 1970); no use: missing."""

    start: int
    end: int
    use: float | None
    estimated: bool = False
    source: str = ""  # where it stood: file, sheet, row

    @property
    def days(self) -> int:
        """Its length."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Period:
    """What became of bills: usable where `reason` is empty."""

    start: int
    end: int
    use: float | None
    reason: str = ""
    rule: str = ""
    bills: tuple[Bill, ...] = ()

    @property
    def days(self) -> int:
        """Its length."""
        return self.end - self.start


def cadence(bills: Iterable[Bill]) -> str:
    """`bimonthly` where most bills are longer than five weeks, else `monthly`; `daily` where most are one day."""
    lengths = sorted(bill.days for bill in bills)
    if not lengths:
        return "monthly"
    middle = lengths[len(lengths) // 2]
    return "daily" if middle <= 1 else "bimonthly" if middle > LONGEST["monthly"] else "monthly"


def periods(bills: Sequence[Bill], *, kind: str, zero_is_missing: bool, reporting: bool = False) -> list[Period]:
    """Usable periods and those set aside, in order. Bills neither overlap nor repeat: `readings` looks after that.

    Daily readings stay as they are. Where a reading was estimated, what follows up to the next true reading is one
    period, from the day on which the estimate began: only its sum is known.
    """
    if kind == "daily":
        return [_judged(_one([bill]), 1, 1, zero_is_missing) for bill in bills]
    found: list[Period] = []
    waiting: list[Bill] = []
    for bill in bills:
        if waiting and waiting[-1].end != bill.start:
            found.append(_unread(waiting))
            waiting = []
        waiting.append(bill)
        if bill.estimated and bill.use is not None:
            continue
        found.append(_closed(waiting, kind, zero_is_missing, reporting))
        waiting = []
    return [*found, _unread(waiting)] if waiting else found


def _one(bills: Sequence[Bill]) -> Period:
    uses = [bill.use for bill in bills]
    total = None if any(use is None for use in uses) else sum(use for use in uses if use is not None)
    return Period(bills[0].start, bills[-1].end, total, bills=tuple(bills))


def _unread(bills: Sequence[Bill]) -> Period:
    return replace(_one(bills), use=None, reason="estimated-never-read", rule="2.2.3.1")


def _closed(bills: Sequence[Bill], kind: str, zero_is_missing: bool, reporting: bool) -> Period:
    whole = _one(bills)
    if len(bills) > 1:
        if whole.days > _MERGED and not reporting:
            return replace(whole, use=None, reason="estimated-too-long", rule="2.2.3.1")
        return _judged(whole, SHORTEST, whole.days, zero_is_missing)
    longest = whole.days if reporting else LONGEST[kind]  # 3.5.5.3: after the measures long bills are used, and told
    return _judged(whole, 1 if reporting else SHORTEST, longest, zero_is_missing)


def _judged(period: Period, shortest: int, longest: int, zero_is_missing: bool) -> Period:
    if period.use is None:
        return replace(period, reason="missing", rule="2.2.1.2")
    if period.use == 0 and zero_is_missing:
        return replace(period, use=None, reason="zero-is-missing", rule="2.2.1.4")
    if period.days < shortest:
        return replace(period, use=None, reason="too-short", rule="2.2.3.4")
    if period.days > longest:
        return replace(period, use=None, reason="too-long", rule="2.2.3.5")
    return period


def reference_periods(bills: Sequence[Bill], *, kind: str) -> list[Period]:
    """What eemeter 3.2.0 makes of the same bills, peculiarities included; for the comparison with it alone.

    An estimate is added to the next reading, but the days it covers are given to the bill before; where a file tells of
    estimates, the bill after a missing one is lost as well.
    """
    values = [bill.use if bill.use is not None else float("nan") for bill in bills]
    if kind != "daily":
        fits = [SHORTEST <= bill.days <= LONGEST[kind] for bill in bills]
        values = [value if fit else float("nan") for value, fit in zip(values, fits, strict=True)]
    starts = [bill.start for bill in bills]
    gone: set[int] = set()
    if kind != "daily" and any(bill.estimated for bill in bills):
        values, gone = _reference_estimates(bills, values)
    kept = [index for index in range(len(bills)) if index not in gone]
    ends = [starts[index] for index in kept[1:]] + [bills[-1].end]
    return [
        Period(starts[index], end, None if values[index] != values[index] else values[index], bills=(bills[index],))
        for index, end in zip(kept, ends, strict=True)
    ]


def _reference_estimates(bills: Sequence[Bill], values: list[float]) -> tuple[list[float], set[int]]:
    nothing = float("nan")
    true = [nothing if bill.estimated else value for bill, value in zip(bills, values, strict=True)]
    guess = [value if bill.estimated else nothing for bill, value in zip(bills, values, strict=True)]
    added, gone = [0.0], set()
    for index in range(1, len(bills)):
        if true[index - 1] == true[index - 1]:
            added.append(0.0)
            continue
        added.append(guess[index - 1])
        if true[index] == true[index]:
            gone.add(index - 1)
    return [one + more for one, more in zip(true, added, strict=True)], gone
