"""An office's yearly totals beside the published averages of bodies like it: a ratio, no model and no rank."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Beside:
    """One quantity of an office, the average of bodies like it, and their ratio."""

    quantity: str
    own: float
    average: float

    @property
    def ratio(self) -> float:
        """1 is the average."""
        return self.own / self.average


def beside_peers(
    yearly: Mapping[str, float],
    averages: Mapping[str, float],
    standard_coal: Mapping[str, float],
    *,
    people: float | None = None,
    square_metres: float | None = None,
) -> tuple[list[Beside], list[str]]:
    """What can be compared, and the kinds of energy for which there is no conversion: these make the energy unknown.

    `yearly` holds a year's use by kind in its unit (kWh, m3, kg). Nothing that is missing is taken as zero.
    """
    energy = {kind: use for kind, use in yearly.items() if kind not in ("water", "waste", "paper")}
    unknown = sorted(kind for kind in energy if kind not in standard_coal)
    found: list[Beside] = []
    if energy and not unknown:
        coal = sum(use * standard_coal[kind] for kind, use in energy.items())
        for name, size in (("kgce_per_m2", square_metres), ("kgce_per_person", people)):
            if size and name in averages:
                found.append(Beside(name, coal / size, averages[name]))
    if "water" in yearly and people and "water_m3_per_person" in averages:
        found.append(Beside("water_m3_per_person", yearly["water"] / people, averages["water_m3_per_person"]))
    return found, unknown
