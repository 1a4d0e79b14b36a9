"""With `parity=True` the library answers as eemeter 3.2.0 does: 336 meters, every one the same or tied."""

from pathlib import Path

import pyarrow as pa

from qingli.savings.batch import METERS, compute
from qingli.savings.settings import settings
from tests.savings import parity

REPORT = Path(__file__).parents[2] / "var" / "reports" / "savings-parity.md"


def test_every_meter_is_the_same_or_tied() -> None:
    found = parity.compare()
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(parity.report(found), encoding="utf8")
    assert sum(found.kinds.values()) >= 300
    assert found.different == []
    assert found.counts["tied"] <= 10
    assert set(found.worst) == set(parity.COMPARED)
    assert {name: worst for name, worst in found.worst.items() if worst[0] > 1e-9} == {}, parity.report(found)


def test_our_own_decisions_make_a_difference_where_the_reference_departs_from_the_text() -> None:
    rows, place = parity.meters()["billing"], parity.weather()
    ours, theirs = (
        compute(pa.RecordBatch.from_pylist(rows, METERS), place, settings(parity=flag)).to_pylist()
        for flag in (False, True)
    )
    # Bills of two months keep all their days of weather, where the reference keeps 35.
    bimonthly = [index for index, row in enumerate(rows) if row["base_end"][0] - row["base_start"][0] > 55]
    assert len(bimonthly) > 80
    assert sum(ours[index]["saving"] != theirs[index]["saving"] for index in bimonthly) > 0.9 * len(bimonthly)
    assert all(row["ties"] >= 1 for row in ours if row["model"])
