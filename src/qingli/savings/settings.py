"""What can be decided about the method, and what we decided."""

from dataclasses import asdict, dataclass
from typing import Literal

METHOD_VERSION = "1"  # rises whenever the same input may give another number
TIE = 1e-12  # candidates whose adjusted R² differs by less are one and the same: the first in order is taken

Method = Literal["billing", "daily"]


@dataclass(frozen=True)
class Settings:
    """Decisions of a computation. The standard ones are ours; `PARITY` reproduces eemeter 3.2.0.

    Our decisions where text and reference differ, or where both are silent, with their reasons, stand in the README.
    """

    method: Method = "billing"
    confidence: float = 0.90
    inside_range: bool = True  # balance points lie within the temperatures of the baseline
    positive: bool = True  # slopes > 0 as the text prints; the reference admits a slope of 0
    clip_days: int = 0  # only this many days of weather for a bill; 0: all of them
    band_of: Literal["counterfactual", "baseline"] = "counterfactual"
    least_total: float = 20.0  # °F·days over the baseline, CalTRACK 3.2.2.2.2
    least_days: int = 0  # days with a degree-day: 10 for the daily method, 3.2.2.2.1
    least_coverage: float = 0.9  # of a bill's hours, 2.2.3.2
    parity: bool = False

    def as_json(self) -> dict[str, object]:
        """Everything that decides the result, so that it can be computed again."""
        return asdict(self)


def settings(method: Method = "billing", *, parity: bool = False, confidence: float = 0.90) -> Settings:
    """The decisions for a method."""
    daily = method == "daily"
    least_days, coverage = (10, 0.0) if daily else (0, 0.9)  # a day is judged by its own hours, 2.2.3.3
    if not parity:
        return Settings(method=method, confidence=confidence, least_days=least_days, least_coverage=coverage)
    return Settings(
        method=method,
        confidence=confidence,
        least_coverage=coverage,
        inside_range=False,
        positive=False,
        clip_days=0 if daily else 35,
        band_of="baseline",
        least_days=least_days,
        parity=True,
    )
