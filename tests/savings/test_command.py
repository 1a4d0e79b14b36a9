"""`qingli savings` as a clerk calls it."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import xlsxwriter

from qingli.cli.main import main
from qingli.savings import recompute
from qingli.savings.weather import day_of
from tests.savings import samples


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Bills of two halls, one of which saves, and the temperatures of the place."""
    place = samples.weather()
    station = place.stations[0]
    with (tmp_path / "temps.csv").open("w", encoding="utf8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["日期", "平均氣溫"])
        days = enumerate(station.means, station.first)
        writer.writerows([day_of(day), round((mean - 32) / 1.8, 1)] for day, mean in days)
    with xlsxwriter.Workbook(tmp_path / "bills.xlsx") as book:
        sheet = book.add_worksheet("電費")
        sheet.write_row(0, 0, ["電號", "計費起日", "計費迄日", "用電量(度)"])
        rows = [
            [meter.name, str(day_of(bill.start)), str(day_of(bill.end - 1)), bill.use]
            for meter in (samples.monthly(place, name="禮堂", saved=0.3), samples.monthly(place, name="書室", seed=5))
            for bill in meter.bills
        ]
        for number, row in enumerate([*rows, ["書室", "2025/2/30", "2025/3/31", 100]], 1):
            sheet.write_row(number, 0, row)
    return tmp_path


def test_one_excel_file_gives_a_verdict_a_table_and_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["savings", str(folder / "bills.xlsx"), "--weather", str(folder / "temps.csv"), "--change", "2024-01-01"]
    outputs = [
        word for kind in ("xlsx", "json", "parquet", "svg") for word in (f"--{kind}", str(folder / f"out.{kind}"))
    ]
    code = main([*words, *outputs, "--not-taken", str(folder / "not.csv"), "--area", "TW", "--lang", "zh-hant"])
    said = capsys.readouterr()
    assert code == 0
    assert "「禮堂」在這一年省了約" in said.out
    assert "「書室」這一年是省了電還是多用了，還看不出來" in said.out
    assert "未採用 1 列" in said.out
    assert "減碳（公斤）" in said.out
    record = json.loads((folder / "out.json").read_text(encoding="utf8"))
    again = recompute(record)
    assert [result.saving for result in again.results] == [result["saving"] for result in record["results"]]
    assert pq.read_table(folder / "out.parquet")["saving"].to_pylist() == [r["saving"] for r in record["results"]]
    assert (folder / "out.svg").read_text(encoding="utf8").startswith("<svg")
    assert (folder / "out.xlsx").read_bytes().startswith(b"PK")
    listed = list(csv.DictReader((folder / "not.csv").open(encoding="utf-8-sig")))
    assert [(row["row"], row["reason"], row["cell"]) for row in listed] == [("98", "no-such-day", "2025/2/30")]


def test_without_weather_and_without_a_change_it_compares_the_last_year(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["savings", str(folder / "bills.xlsx"), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "禮堂 used" in said
    assert "no proof of saving" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["{folder}/none.xlsx"], "no such file"),
        (["{folder}/temps.csv"], "no head found"),
        (["{folder}/bills.xlsx", "--change", "March"], "write dates like"),
        (["{folder}/bills.xlsx", "--weather", "{folder}/bills.xlsx"], "no head found"),
        (["{folder}/bills.xlsx", "--event", "2024-01-01,2024-02-01"], "write an event as"),
        (["{folder}/bills.xlsx", "--factor", "water=0.2"], "write a factor as"),
        (["{folder}/bills.xlsx", "--json", "{folder}/bills.xlsx"], "cannot write"),
        (["{folder}/bills.xlsx", "--json", "{folder}/no/such/folder.json"], "cannot write"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    before = (folder / "bills.xlsx").read_bytes()
    assert main(["savings", *(word.format(folder=folder) for word in words), "--lang", "en"]) == 2
    assert told in capsys.readouterr().err
    assert (folder / "bills.xlsx").read_bytes() == before


def test_events_groups_and_own_factors_from_the_command_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["savings", str(folder / "bills.xlsx"), "--weather", str(folder / "temps.csv"), "--change", "2024-01-01"]
    event = ["--event", "2024-05-10,2024-06-10,整修停用,禮堂", "--by", "王"]
    factor = ["--factor", "electricity=0.5,our utility's letter"]
    assert main([*words, *event, *factor, "--json", str(folder / "out.json"), "--lang", "zh-hans"]) == 0
    record = json.loads((folder / "out.json").read_text(encoding="utf8"))
    hall = next(result for result in record["results"] if result["name"] == "禮堂")
    (event_kept,) = hall["events"]
    assert (event_kept["start"], event_kept["reason"], event_kept["by"]) == ("2024-05-10", "整修停用", "王")
    assert hall["carbon"]["kilograms"] == pytest.approx(hall["saving"] * 0.5)
    assert hall["carbon"]["factor"]["source_notice"] == "our utility's letter"
    assert "有人注明的特殊情况" in capsys.readouterr().out


def test_five_lines_of_python_as_the_readme_has_them(folder: Path) -> None:
    readme = (Path(__file__).parents[2] / "src/qingli/savings/README.md").read_text(encoding="utf8")
    code = readme.partition("```python\n")[2].partition("```")[0]
    assert len([line for line in code.splitlines() if line and not line.startswith(("from", "import"))]) <= 5
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, encoding="utf8", check=True)
    assert "禮堂 saved about" in done.stdout
    assert "It cannot be told yet whether 書室 saved" in done.stdout
    assert (folder / "savings.xlsx").exists()
