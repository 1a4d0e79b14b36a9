"""A whole answer: every meter, the sum, and what it was computed from, so that it can be computed again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import sqrt

from .bills import Bill
from .model import Band, Event, Meter, MeterResult
from .placebo import Calibration
from .settings import METHOD_VERSION, Settings
from .weather import Weather

LEAST_GROUP = 5


@dataclass(frozen=True)
class Total:
    """All meters of a kind together."""

    kind: str
    unit: str
    meters: int
    left_out: int
    expected: float
    observed: float
    saving: float
    half: float | None
    carbon: float | None


@dataclass(frozen=True)
class Report:
    """Results with their inputs. The hashes are of what went in, byte by byte."""

    results: tuple[MeterResult, ...]
    totals: tuple[Total, ...]
    settings: Mapping[str, Settings]
    calibration: Calibration | None
    meters: tuple[Meter, ...]
    weather: Weather | None
    events: tuple[Event, ...]
    asked: Mapping[str, object]
    method_version: str = METHOD_VERSION

    @property
    def input_hash(self) -> str:
        """Of bills, weather, events and what was asked: the same hash and version, the same numbers."""
        parts = [self.method_version, bills_hash(self.meters)]
        parts.append(self.weather.digest if self.weather else "no weather")
        parts += [repr(event) for event in self.events]
        parts.append(repr(sorted((key, str(value)) for key, value in self.asked.items())))
        return sha256("\n".join(parts).encode()).hexdigest()


def bills_hash(meters: Sequence[Meter]) -> str:
    """Of every bill of every meter."""
    digest = sha256()
    for meter in meters:
        digest.update(f"{meter.name}\0{meter.kind}\0{meter.station}\0{meter.people}\0{meter.people_before}\n".encode())
        for bill in meter.bills:
            digest.update(_line(bill).encode())
    return digest.hexdigest()


def _line(bill: Bill) -> str:
    use = "" if bill.use is None else float(bill.use).hex()
    return f"{bill.start},{bill.end},{use},{int(bill.estimated)}\n"


def totals(results: Sequence[MeterResult]) -> tuple[Total, ...]:
    """Sums by kind over the meters with an answer; those without are counted, never filled in.

    The band is √ΣΔ² (4.3.2.5), which takes the meters' errors as independent.
    """
    found = []
    for kind in dict.fromkeys(result.kind for result in results):
        mine = [result for result in results if result.kind == kind]
        sound = [result for result in mine if result.saving is not None]
        if not sound:
            continue
        halves = [result.band.half for result in sound]
        kilograms = [result.carbon.kilograms for result in sound]
        found.append(
            Total(
                kind=kind,
                unit=mine[0].unit,
                meters=len(sound),
                left_out=len(mine) - len(sound),
                expected=sum(result.expected or 0.0 for result in sound),
                observed=sum(result.observed or 0.0 for result in sound),
                saving=sum(result.saving or 0.0 for result in sound),
                half=None if None in halves else sqrt(sum((half or 0.0) ** 2 for half in halves)),
                carbon=None if None in kilograms else sum(value or 0.0 for value in kilograms),
            )
        )
    return tuple(found)


def no_band(confidence: float, why: str) -> Band:
    """No band, and why."""
    return Band(None, "none", confidence, {"why": why})
