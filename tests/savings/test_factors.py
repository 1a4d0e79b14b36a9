"""Factors with their notices; where there is none there is no figure."""

from pathlib import Path

import pytest

from qingli.catalogue import CatalogueError
from qingli.catalogue.factors import BUILT_IN, FactorError, load_factors
from qingli.savings.peers import beside_peers


def test_a_factor_carries_everything_that_may_be_disputed() -> None:
    found = load_factors().find("electricity", "CN-GD", 2024)
    assert (found.value, found.year, found.series.gases) == (0.4419, 2023, "CO2")
    assert found.source.notice == "公告2025年第47号"
    assert found.as_json()["source_issuer"] == "生态环境部、国家统计局"
    assert load_factors().find("gas", "CN-GD", 2024).value == 2.162, "gas burns alike in every province"


@pytest.mark.parametrize(
    ("kind", "area", "year"),
    [
        ("electricity", "CN-XZ", 2023),
        ("electricity", "CN-GD", 2027),
        ("electricity", "CN.SW", 2023),
        ("water", "TW", 2024),
    ],
)
def test_there_is_never_a_nearest_factor(kind: str, area: str, year: int) -> None:
    with pytest.raises(FactorError) as caught:
        load_factors().find(kind, area, year)
    assert caught.value.code == "no-factor"


def test_series_are_asked_for_by_name_and_never_mixed() -> None:
    factors = load_factors()
    assert factors.find("electricity", "CN", 2024, "cn-footprint").series.gases == "CO2e"
    assert factors.find("electricity", "TW", 2025, "tw-residential").value == 0.471
    with pytest.raises(FactorError):
        factors.find("electricity", "TW", 2024, "tw-residential")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (
            "  - [cn-grid, CN, 2023, 0.5306, cn-2025-47, 2023, 2025]",
            "  - [cn-grid, CN, 2023, 0.5306, cn-2025-47, 2022, 2025]",
            "two-factors-for-a-year",
        ),
        ("0.5306", "-0.5306", "not-a-number"),
        ("CN, 2023, 0.5306, cn-2025-47", "CN, 2023, 0.5306, cn-2099-1", "unknown-value"),
        (
            "unit: kgCO2/kWh, gases: CO2, scope: 2, basis: average",
            "unit: kgCO2/kWh, gases: CO2e, scope: 2, basis: average",
            "unit-and-gases-differ",
        ),
    ],
)
def test_a_file_that_would_mislead_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    text = BUILT_IN.read_text(encoding="utf8")
    assert old in text
    (tmp_path / "factors.yaml").write_text(text.replace(old, new, 1), encoding="utf8")
    with pytest.raises(CatalogueError) as caught:
        load_factors(tmp_path / "factors.yaml")
    assert caught.value.code == code


def test_an_office_beside_bodies_like_it() -> None:
    factors = load_factors()
    averages = factors.peers_of("CN-GD").bodies["local-office"]
    found, unknown = beside_peers({"electricity": 200_000, "water": 3500}, averages, factors.standard_coal, people=100)
    assert unknown == []
    assert {each.quantity: round(each.own, 2) for each in found} == {
        "kgce_per_person": 245.8,
        "water_m3_per_person": 35.0,
    }
    assert found[1].ratio == pytest.approx(35 / 69.99)
    found, unknown = beside_peers({"electricity": 200_000, "fuel": 10}, averages, factors.standard_coal, people=100)
    assert (found, unknown) == ([], ["fuel"]), "energy that cannot be converted is not left out of a sum"
