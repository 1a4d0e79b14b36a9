"""From meters to an answer: what it says, what it shows, and that it can be computed again."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from qingli.catalogue.factors import FactorError, load_factors
from qingli.savings import (
    Bill,
    Event,
    Meter,
    analyse,
    as_json,
    band_sentence,
    chart_svg,
    recompute,
    sentence,
    write_parquet,
    write_xlsx,
)
from qingli.savings.weather import day_number
from tests.savings import samples

CHANGE = date(2024, 1, 1)


def _factor(kind: str, year: int) -> tuple[dict[str, object] | None, str]:
    try:
        return load_factors().find(kind, "TW", year).as_json(), ""
    except FactorError as error:
        return None, error.code


def test_a_saving_that_is_there_is_found_and_its_band_holds_it() -> None:
    place = samples.weather()
    meter = samples.monthly(place, saved=0.3)
    (result,) = analyse([meter], place, change=CHANGE).results
    assert result.verdict == "saved"
    assert result.share == pytest.approx(0.3, abs=0.05)
    assert result.band.kind == "placebo-shipped"
    assert result.band.half is not None
    assert result.nominal.half is not None
    assert result.band.half > result.nominal.half, "what was tried out is wider than the formula"
    assert abs((result.saving or 0) - 0.3 * (result.expected or 0)) < result.band.half
    assert result.model is not None
    assert result.model.cooling_point == pytest.approx(24, abs=2)


def test_days_have_the_daily_method_and_bands_of_their_own() -> None:
    place = samples.weather()
    celsius = (place.stations[0].means[:1461] - 32) / 1.8
    rng = np.random.default_rng(3)
    load = (20 + 2.0 * np.maximum(celsius - 24, 0)) * rng.normal(1, 0.08, len(celsius))
    load[day_number(CHANGE) - place.first :] *= 0.6
    load[100] = np.nan
    days = enumerate(load, place.first)
    bills = tuple(Bill(day, day + 1, None if np.isnan(use) else float(use)) for day, use in days)
    report = analyse([Meter("school", "electricity", bills)], place, change=CHANGE)
    (result,) = report.results
    assert result.verdict == "saved"
    assert result.share == pytest.approx(0.4, abs=0.04)
    assert result.band.kind == "placebo-shipped"
    assert report.calibration is not None
    assert result.band.facts["pairs"] == report.calibration.entries["electricity by day"].pairs
    assert result.model is not None
    assert result.model.kind == "cdd_only"


def test_nothing_done_is_nothing_found() -> None:
    place = samples.weather()
    found = [analyse([samples.monthly(place, seed=seed)], place, change=CHANGE).results[0] for seed in range(8)]
    assert {result.verdict for result in found} == {"unclear"}


def test_without_weather_it_is_a_comparison_and_says_so_in_three_languages() -> None:
    meter = samples.monthly(samples.weather(), saved=0.2)
    (result,) = analyse([meter], change=CHANGE).results
    assert result.verdict == "plain-less"
    assert result.saving is None
    assert result.plain is not None
    assert result.plain.days == 365, "February 29 has no partner"
    assert "no proof" in sentence(result, "en")
    assert "不能算是省下的" in sentence(result, "zh-Hant")
    assert "不能算是省下的" in sentence(result, "zh-Hans")


def test_a_missing_month_is_left_out_of_the_comparison_on_both_sides() -> None:
    meter = samples.monthly(samples.weather(), noise=0.0)
    june = day_number(date(2024, 6, 1))
    holed = replace(meter, bills=tuple(replace(b, use=None) if b.start == june else b for b in meter.bills))
    whole, part = (analyse([each], change=CHANGE).results[0].plain for each in (meter, holed))
    assert whole is not None
    assert part is not None
    assert part.days == whole.days - 30
    assert part.share == pytest.approx(whole.share or 0, abs=0.03)


def test_too_little_data_says_what_is_missing() -> None:
    place = samples.weather()
    meter = samples.monthly(place, begin=date(2023, 9, 1))
    (result,) = analyse([meter], place, change=CHANGE).results
    unmet = {rule.code: rule.section for rule in result.rules if rule.state == "unmet"}
    assert unmet == {"baseline-year": "2.2.1.1", "baseline-missing": "2.2.1.2"}
    assert result.saving is None
    lonely = Meter("x", "electricity", (Bill(day_number(CHANGE), day_number(CHANGE) + 31, 5.0),))
    (nothing,) = analyse([lonely], place, change=CHANGE).results
    assert nothing.verdict == "insufficient"
    assert "改變前要有一年的資料" in sentence(nothing, "zh-Hant")


def test_every_bill_is_accounted_for_and_the_lines_add_up() -> None:
    place = samples.weather()
    (result,) = analyse([samples.monthly(place, saved=0.1)], place, change=CHANGE).results
    after = [line for line in result.lines if line.part == "after"]
    assert [line.days for line in after] == [(b - a).days for a, b in samples.months(CHANGE, 12)]
    assert sum(line.expected or 0 for line in after) == pytest.approx(result.expected)
    assert sum(line.use or 0 for line in after) == pytest.approx(result.observed)


def test_an_event_needs_a_reason_and_its_days_count_nowhere() -> None:
    with pytest.raises(ValueError, match="reason"):
        Event(date(2024, 5, 1), date(2024, 7, 1), " ", "陳")
    place = samples.weather()
    event = Event(date(2024, 5, 10), date(2024, 6, 10), "hall closed for repairs", "Chen")
    (result,) = analyse([samples.monthly(place)], place, change=CHANGE, events=[event]).results
    assert [line.start.month for line in result.lines if line.reason == "non-routine"] == [5, 6]
    assert result.events == (event,)
    assert next(rule for rule in result.rules if rule.code == "non-routine").facts == {"before": 0, "after": 2}


def test_a_comparison_group_takes_off_what_happened_to_all() -> None:
    place = samples.weather()
    others = [samples.monthly(place, name=f"other {n}", saved=0.1, seed=n) for n in range(6)]
    ours = samples.monthly(place, name="ours", saved=0.3, seed=9)
    report = analyse([ours, *others], place, change=CHANGE, comparison=[each.name for each in others])
    result = report.results[0]
    assert result.compared is not None
    assert result.compared.group_size == 6
    assert result.compared.saving == pytest.approx(0.2 * (result.expected or 0), rel=0.25)
    assert report.totals[0].meters == 1, "the group is not counted among the savings"
    few = analyse([ours, *others[:4]], place, change=CHANGE, comparison=[each.name for each in others[:4]])
    assert few.results[0].compared is None, "fewer than five tell nothing"


def test_a_portfolio_of_its_own_calibrates_its_bands() -> None:
    place = samples.weather()
    meters = [samples.monthly(place, name=f"hall {n}", seed=n, noise=0.05) for n in range(18)]
    report = analyse(meters, place, change=CHANGE)
    assert {result.band.kind for result in report.results} == {"placebo-own"}
    assert report.results[0].band.facts["pairs"] == 36
    assert all((result.band.half or 0) < 0.15 * (result.expected or 0) for result in report.results)
    assert "36" in band_sentence(report.results[0], "en")


def test_water_is_compared_over_up_to_three_years_and_per_person() -> None:
    meter = replace(samples.monthly(samples.weather(), kind="water", saved=0.25, noise=0.0), people=10)
    report = analyse([meter], samples.weather(), change=CHANGE, factor_of=_factor)
    (result,) = report.results
    assert result.verdict == "plain-less"
    assert result.plain is not None
    assert result.plain.years == 3
    assert result.plain.per_person_after == pytest.approx(result.plain.after / result.plain.days / 10)
    assert result.carbon.kilograms is None
    fewer = analyse([replace(meter, people_before=8)], change=CHANGE).results[0].plain
    assert fewer is not None
    assert fewer.saving == pytest.approx(fewer.before * 10 / 8 - fewer.after), (
        "as many people as now would have used more"
    )


def test_a_portfolio_of_water_meters_has_a_band_of_its_own() -> None:
    place = samples.weather()
    meters = [samples.monthly(place, name=f"house {n}", kind="water", seed=n, noise=0.1) for n in range(18)]
    results = analyse(meters, change=CHANGE).results
    assert {result.band.kind for result in results} == {"placebo-own"}
    plains = [(result.plain, result.band.half) for result in results]
    held = [abs(plain.saving) <= half for plain, half in plains if plain is not None and half is not None]
    assert len(held) == 18
    assert sum(held) >= 14
    assert {result.verdict for result in results} <= {"plain-less", "plain-more", "plain-same"}, (
        "a band proves no cause"
    )


def test_carbon_has_its_factor_beside_it_or_a_reason() -> None:
    place = samples.weather()
    (result,) = analyse([samples.monthly(place, saved=0.3)], place, change=CHANGE, factor_of=_factor).results
    assert result.carbon.factor is not None
    assert result.carbon.factor["data_year"] == 2024
    assert result.carbon.kilograms == pytest.approx((result.saving or 0) * 0.474)
    late = analyse(
        [samples.monthly(place, until=date(2023, 1, 1))],
        place,
        change=date(2022, 1, 1),
        factor_of=lambda k, y: (None, "no-factor"),
    )
    assert (late.results[0].carbon.kilograms, late.results[0].carbon.reason) == (None, "no-factor")


def test_a_report_is_computed_again_from_its_own_record_to_the_last_bit() -> None:
    place = samples.weather()
    meters = [samples.monthly(place, name=f"hall {n}", seed=n, saved=0.1) for n in range(12)]
    event = Event(date(2024, 5, 10), date(2024, 6, 10), "closed", "Chen", "hall 3")
    report = analyse(meters, place, change=CHANGE, events=[event], comparison=["hall 1"], factor_of=_factor)
    text = json.dumps(as_json(report), ensure_ascii=False)
    again = recompute(json.loads(text))
    assert json.dumps(as_json(again), ensure_ascii=False) == text
    assert again.input_hash == report.input_hash
    assert report.calibration is not None
    changed = json.loads(text)
    changed["inputs"]["meters"][0]["bills"][30][2] += 0.1
    assert recompute(changed).input_hash != report.input_hash
    changed["method_version"] = "0"
    with pytest.raises(ValueError, match="method 0"):
        recompute(changed)


def test_files_say_what_they_were_computed_from(tmp_path: Path) -> None:
    place = samples.weather()
    report = analyse([samples.monthly(place, name="=hall", saved=0.3)], place, change=CHANGE)
    write_parquet(report, tmp_path / "out.parquet")
    table = pq.read_table(tmp_path / "out.parquet")
    assert table.schema.metadata[b"input_hash"].decode() == report.input_hash
    assert table["saving"][0].as_py() == report.results[0].saving
    write_xlsx(report, tmp_path / "out.xlsx", "zh-Hant")
    book = CalamineWorkbook.from_path(str(tmp_path / "out.xlsx"))
    assert book.sheet_names == ["結果", "如何算出", "資料是否足夠", "未採用的資料列", "方法與輸入"]
    lines = book.get_sheet_by_name("如何算出").to_python()
    assert len(lines) == 1 + 24
    assert lines[1][0] == "=hall"
    assert any(report.input_hash in row for row in book.get_sheet_by_name("方法與輸入").to_python())


def test_the_chart_has_no_colour_and_no_line_down_to_zero() -> None:
    place = samples.weather()
    meter = samples.monthly(place, name="A & B", saved=0.3)
    june = day_number(date(2024, 6, 1))
    holed = replace(meter, bills=tuple(replace(b, use=None) if b.start == june else b for b in meter.bills))
    svg = chart_svg(analyse([holed], place, change=CHANGE), "en")
    assert "A &amp; B" in svg
    colours = {part.split('"')[0] for name in ('fill="#', 'stroke="#') for part in svg.split(name)[1:]}
    assert all(len(set(colour)) == 1 for colour in colours), "every colour is a grey"
    used = next(line for line in svg.splitlines() if 'stroke-width="3"' in line)
    assert used.count("M") == 2, "the missing month parts the line"
