"""What goes in and what comes out: frozen, and readable without knowing how it was computed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .bills import Bill

KINDS = ("electricity", "gas", "water", "waste", "paper", "fuel", "coal", "heat")
UNITS = {
    "electricity": "kWh",
    "gas": "m3",
    "water": "m3",
    "waste": "kg",
    "paper": "sheet",
    "fuel": "L",
    "coal": "kg",
    "heat": "kWh",
}
WEATHERED = ("electricity", "gas", "heat", "coal")  # kinds for which the method with weather is meant


@dataclass(frozen=True)
class Meter:
    """One meter's bills, in order, without overlaps."""

    name: str
    kind: str
    bills: tuple[Bill, ...]
    station: str = ""
    people: float | None = None  # who uses it after the change
    people_before: float | None = None  # and before, where that was another number
    notes: tuple["Note", ...] = ()

    @property
    def unit(self) -> str:
        """kWh, m3, kg, …"""
        return UNITS[self.kind]


@dataclass(frozen=True)
class Note:
    """Something done to the data, or found in it, that the reader should know: a code and its facts."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Event:
    """A non-routine event, marked by a person with a reason: its days count neither before nor after."""

    start: date
    end: date  # the day after
    reason: str
    by: str
    meter: str = ""  # empty: all

    def __post_init__(self) -> None:
        if not self.reason.strip() or not self.by.strip():
            raise ValueError("an event needs its reason and who marked it")
        if self.end <= self.start:
            raise ValueError("an event ends after it starts")


@dataclass(frozen=True)
class Rule:
    """One rule of data sufficiency: met, unmet, told (does not decide) or unchecked."""

    code: str
    section: str
    state: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One bill or period, down to which everything is explained."""

    part: str  # before, after
    start: date
    end: date
    use: float | None
    days: int
    days_kept: int
    heating_days: float | None  # mean °C·day per day at the heating point
    cooling_days: float | None
    expected: float | None
    reason: str
    rule: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Plain:
    """The same dates a year before, without weather: what anyone can check with a pencil."""

    before: float
    after: float
    days: int
    years: int
    per_person_before: float | None = None  # per person and day
    per_person_after: float | None = None
    people_ratio: float = 1.0  # people after for each before

    @property
    def saving(self) -> float:
        """Less used, in the meter's unit, by as many people as there are now."""
        return self.before * self.people_ratio - self.after

    @property
    def share(self) -> float | None:
        """As a part of what as many people used before."""
        return self.saving / (self.before * self.people_ratio) if self.before > 0 else None


@dataclass(frozen=True)
class Model:
    """The fitted baseline, per day; balance points in °C, slopes per °C."""

    kind: str
    intercept: float
    heating_point: float | None
    heating_slope: float | None
    cooling_point: float | None
    cooling_slope: float | None
    r2_adjusted: float
    cvrmse: float
    rmse: float
    autocorrelation: float | None
    periods: int
    candidate: int
    ties: int


@dataclass(frozen=True)
class Band:
    """Half the width of a band and how it came about: `placebo-own`, `placebo-shipped`, `nominal` or `none`."""

    half: float | None
    kind: str
    confidence: float
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Carbon:
    """Emissions avoided, with the factor that was used; no factor: no figure, and why."""

    kilograms: float | None
    factor: Mapping[str, object] | None
    reason: str = ""
    year: int | None = None


@dataclass(frozen=True)
class MeterResult:
    """Everything about one meter."""

    name: str
    kind: str
    unit: str
    verdict: str  # saved, more, unclear, formula-less, formula-more, plain-less, …
    change: date
    plain: Plain | None
    model: Model | None
    expected: float | None
    observed: float | None
    saving: float | None
    nominal: Band
    band: Band
    compared: "Compared | None"
    rules: tuple[Rule, ...]
    lines: tuple[Line, ...]
    notes: tuple[Note, ...]
    events: tuple[Event, ...]
    carbon: Carbon

    @property
    def share(self) -> float | None:
        """The saving as a part of what was to be expected."""
        if self.saving is None or not self.expected:
            return None
        return self.saving / self.expected


@dataclass(frozen=True)
class Compared:
    """The saving after what happened to a comparison group in the same time has been taken off."""

    group_size: int
    group_change: float  # the group's own saving as a share
    saving: float
    half: float | None
