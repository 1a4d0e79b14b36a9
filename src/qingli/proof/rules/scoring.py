"""From figures to points. Points are tenths, rounded down: nobody gets the full points without reaching the threshold.

In the words of those it binds: docs/rules/indicators.md.
"""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from qingli.catalogue import Criterion
from qingli.proof.rules.errors import ProofError
from qingli.proof.rules.indicators import IndicatorValue, State

TENTH = Decimal("0.1")
NONE = Decimal("0.0")


@dataclass(frozen=True, slots=True)
class Score:
    """What a criterion comes to: its state and its points."""

    state: State
    points: Decimal


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found at the sites of a sample. `frame` is how many sites it was drawn from."""

    met: int
    not_met: int
    unseen: int
    frame: int


@dataclass(frozen=True, slots=True)
class Judged:
    """Points that a person gave, and why."""

    points: int
    reason: str


def score_record(criterion: Criterion, figure: IndicatorValue) -> Score:
    """Full points for what is met; below the threshold in proportion, where the criterion allows it."""
    if figure.state == "met":
        return Score("met", Decimal(criterion.points).quantize(TENTH))
    if figure.state == "partly" and criterion.partial:
        wanted = criterion.at_least * figure.n if criterion.is_share else criterion.at_least
        reached = figure.numerator * 100 if criterion.is_share else figure.numerator
        return Score("partly", _part(criterion.points, reached, wanted))
    return Score("not-met" if figure.state == "partly" else figure.state, NONE)


def score_sample(criterion: Criterion, seen: Seen | None) -> Score:
    """As a share of the sites that were seen; fewer than `min_n` (or than there are) is not enough data."""
    if seen is None:
        return Score("not-enough-data", NONE)
    n = seen.met + seen.not_met
    if n == 0 or n < min(criterion.min_n, seen.frame):
        return Score("not-enough-data", NONE)
    if seen.met * 100 >= criterion.at_least * n:
        return Score("met", Decimal(criterion.points).quantize(TENTH))
    if seen.met and criterion.partial:
        return Score("partly", _part(criterion.points, seen.met * 100, criterion.at_least * n))
    return Score("not-met", NONE)


def score_judged(criterion: Criterion, mark: Judged | None) -> Score:
    """The points that were given; without any it is still to be judged."""
    if mark is None:
        return Score("to-judge", NONE)
    state: State = "met" if mark.points == criterion.points else "partly" if mark.points else "not-met"
    return Score(state, Decimal(mark.points).quantize(TENTH))


def check_mark(criterion: Criterion, points: int, reason: str) -> None:
    """A mark is for a judged criterion, within its points, and has a reason.

    Raises not-judged, points-out-of-range, no-reason.
    """
    if criterion.kind != "judged":
        raise ProofError("not-judged")
    if not 0 <= points <= criterion.points:
        raise ProofError("points-out-of-range", {"most": criterion.points})
    if not reason:
        raise ProofError("no-reason")


def _part(points: int, reached: int, wanted: int) -> Decimal:
    return (Decimal(points) * reached / wanted).quantize(TENTH, ROUND_FLOOR)
