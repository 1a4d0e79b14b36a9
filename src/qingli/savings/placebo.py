"""Bands that were tried out: what the method "saves" in years in which nothing was done.

The nominal band of ASHRAE 14 held zero in little more than half of such years on real electricity meters. So each year
is set against the one before it, over a whole portfolio, and the band is made as wide as it has to be (split conformal
prediction: the quantile of errors, each divided by a scale of its meter). The scale is what the meter was off in its
own earlier placebo years, drawn towards the portfolio's, and the scatter of its fit.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from math import ceil, sqrt
from pathlib import Path
from statistics import median

LEAST_PAIRS, LEAST_METERS = 30, 10
_PRIOR_WEIGHT = 4.0  # the portfolio counts as much as four years of the meter's own
_MOST_SHARE, _MOST_SCATTER = 0.5, 0.4  # one wild year must not blow up every later band
_FLOOR = 0.1
SHIPPED = Path(__file__).parent / "calibrations"


@dataclass(frozen=True)
class Outcome:
    """One placebo year of one meter: its "saving" as a share of what was expected."""

    meter: str
    kind: str
    anchor: int
    share: float
    cvrmse: float
    nominal: float | None = None  # half the formula's band, as a share too


@dataclass(frozen=True)
class Entry:
    """What was learnt for one kind of meter."""

    prior: float
    with_past: float | None
    alone: float | None
    pairs: int
    meters: int

    def width(self, cvrmse: float, past: Sequence[float]) -> float | None:
        """Half the band as a share of what was expected; `past`: the meter's own earlier placebo shares."""
        if past and self.with_past is not None:
            return self.with_past * _scale(self.prior, cvrmse, past)
        return None if self.alone is None else self.alone * _blind(cvrmse)


@dataclass(frozen=True)
class Calibration:
    """Entries by kind, and the portfolio that they were learnt from."""

    confidence: float
    source: str
    entries: Mapping[str, Entry]

    def as_json(self) -> dict[str, object]:
        """For a file or a result."""
        return {
            "confidence": self.confidence,
            "source": self.source,
            "entries": {kind: asdict(entry) for kind, entry in sorted(self.entries.items())},
        }

    @staticmethod
    def from_json(data: Mapping[str, object]) -> "Calibration":
        """Back from `as_json`."""
        entries = data["entries"]
        assert isinstance(entries, Mapping)
        made = {str(kind): Entry(**entry) for kind, entry in entries.items()}
        return Calibration(float(str(data["confidence"])), str(data["source"]), made)


def calibrate(outcomes: Iterable[Outcome], confidence: float, source: str) -> Calibration:
    """Learn from placebo years. A kind with too few years or meters is left out: nothing is claimed for it."""
    by_kind: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_kind[outcome.kind].append(outcome)
    entries = {}
    for kind, found in sorted(by_kind.items()):
        meters = len({outcome.meter for outcome in found})
        if len(found) >= LEAST_PAIRS and meters >= LEAST_METERS:
            entries[kind] = _entry(found, meters, confidence)
    return Calibration(confidence, source, entries)


def _entry(found: Sequence[Outcome], meters: int, confidence: float) -> Entry:
    prior = 2 * median(abs(outcome.share) for outcome in found)
    earlier = pasts(found)
    with_past = [
        abs(outcome.share) / _scale(prior, outcome.cvrmse, past)
        for outcome, past in zip(found, earlier, strict=True)
        if past and prior > 0
    ]
    alone = [abs(outcome.share) / _blind(outcome.cvrmse) for outcome in found]
    return Entry(prior, _quantile(with_past, confidence), _quantile(alone, confidence), len(found), meters)


def pasts(outcomes: Sequence[Outcome]) -> list[list[float]]:
    """For each outcome the shares of the same meter that were known before its own year began."""
    by_meter: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_meter[outcome.meter, outcome.kind].append(outcome)
    return [
        [each.share for each in by_meter[outcome.meter, outcome.kind] if each.anchor < outcome.anchor]
        for outcome in outcomes
    ]


def _scale(prior: float, cvrmse: float, past: Sequence[float]) -> float:
    squares = sum(min(abs(share), _MOST_SHARE) ** 2 for share in past)
    own = sqrt((squares + _PRIOR_WEIGHT * prior**2) / (len(past) + _PRIOR_WEIGHT))
    return own + min(cvrmse, _MOST_SCATTER)


def _blind(cvrmse: float) -> float:
    """The scale of a meter whose past is not known."""
    return min(cvrmse, _MOST_SCATTER) + _FLOOR


def _quantile(scores: Sequence[float], confidence: float) -> float | None:
    """The conformal quantile; none where there are too few scores for that confidence."""
    rank = ceil((len(scores) + 1) * confidence)
    return sorted(scores)[rank - 1] if 1 <= rank <= len(scores) else None


@lru_cache(maxsize=8)
def shipped(confidence: float) -> Calibration | None:
    """What is delivered with the library, for those whose own portfolio is too small; its `source` says from where."""
    path = SHIPPED / f"{round(confidence * 100)}.json"
    if abs(confidence * 100 - round(confidence * 100)) > 1e-9 or not path.exists():
        return None
    return Calibration.from_json(json.loads(path.read_text(encoding="utf8")))
