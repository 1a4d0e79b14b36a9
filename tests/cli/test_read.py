"""`qingli read`: what it prints and writes, and how it refuses."""

import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import icalendar
import pytest
from docx import Document

from qingli.cli.read import run

ROOT = Path(__file__).resolve().parents[2]
PLAN = """青竹社區2027年上半年環境保護工作計劃

一、衛生清潔
（一）物業公司每半年清洗二次供水水箱一次，5月底前完成，檢測報告張貼公示。
（二）各棟樓長每週五清掃樓道，並做好登記。
（三）網格員定期巡查積水，發現問題當天處理。
二、宣傳教育
（一）6月5日世界環境日在廣場辦一次宣傳活動，發放資料300份。
（二）每月在宣傳欄更換一次環保內容，由環保專幹負責。
（三）3月12日組織居民植樹____棵。
"""
NOVEL = (
    "雨停的時候，老周站在渡口，看著對岸的燈一盞一盞亮起來。他想起父親說過的話，河水不會等人，人也等不到同一條河。"
    "船家收了纜繩，問他還走不走。他搖搖頭，把信折好，放回懷裡。信是女兒寫來的，字很小，說城裡的房子窗戶朝北，"
    "冬天看不見太陽，可是夜裡能聽見火車。他沒有坐過火車。第二天早上，霧很大，他又來到渡口，船已經不在了。\n"
)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "計劃.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_the_table_is_in_the_text_s_own_words(
    plan: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")  # wide enough that no cell of this plan is wrapped
    assert run([str(plan), "--lang", "zh-hant"]) == 0
    out = capsys.readouterr().out
    assert "青竹社區2027年上半年環境保護工作計劃" in out
    for words in ("（一）", "每半年", "物業公司", "每週五", "300份", "定期"):
        assert words in out
    assert "多久一次" in out


@pytest.mark.parametrize(("language", "head"), [("zh-hant", "措施"), ("zh-hans", "措施"), ("en", "Action")])
def test_headings_are_in_the_user_s_language(
    plan: Path, language: str, head: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([str(plan), "--lang", language]) == 0
    assert head in capsys.readouterr().out


@pytest.mark.parametrize(
    ("locale", "words"),
    [("zh_TW.UTF-8", "讀不了"), ("zh_CN.UTF-8", "读不了"), ("zh_HK", "讀不了"), ("de_DE.UTF-8", "Cannot read")],
)
def test_errors_are_in_the_language_of_the_environment(
    locale: str, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", locale)
    assert run([str(tmp_path / "none.txt")]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith(words)
    assert captured.out == ""


def test_json_points_into_the_text(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([str(plan), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["chars"] == len(PLAN)
    (only,) = found["plans"]
    assert {
        "title",
        "span",
        "plan_year",
        "duplicate_of",
        "outline",
        "schedule",
        "quantities",
        "actors",
        "actions",
    } <= set(only)
    for kind in ("schedule", "quantities", "actors"):
        assert only[kind]
        for hit in only[kind]:
            assert PLAN[hit["offset"] : hit["offset"] + len(hit["surface"])] == hit["surface"]


def test_word_excel_and_calendar_are_written(plan: Path, tmp_path: Path) -> None:
    names = {kind: tmp_path / f"out.{kind}" for kind in ("docx", "xlsx", "ics")}
    options = [part for kind, path in names.items() for part in (f"--{kind}", str(path))]
    assert run([str(plan), *options, "--lang", "zh-hant"]) == 0
    document = Document(str(names["docx"]))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "一、衛生清潔" in text
    assert "尚待填寫" in text
    assert "____" in [
        run.text for paragraph in document.paragraphs for run in paragraph.runs if run.font.highlight_color
    ]
    assert zipfile.is_zipfile(names["xlsx"])
    days = {line[-8:] for line in names["ics"].read_text(encoding="utf-8").splitlines() if line.startswith("DTSTART")}
    assert {"20270605", "20270312"} <= days
    assert all(day.startswith("2027") for day in days)


def test_the_calendar_keeps_its_identifiers(plan: Path, tmp_path: Path) -> None:
    def identifiers(name: str) -> list[str]:
        assert run([str(plan), "--ics", str(tmp_path / name)]) == 0
        calendar = icalendar.Calendar.from_ical((tmp_path / name).read_bytes())
        return [str(event["uid"]) for event in calendar.walk("VEVENT")]

    first = identifiers("a.ics")
    assert first == identifiers("b.ics")
    assert len(set(first)) == len(first) > 10


def test_a_masked_year_gives_no_calendar_until_it_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN.replace("2027年", "20xx年"), encoding="utf-8")
    out = tmp_path / "out.ics"
    assert run([str(path), "--ics", str(out), "--lang", "en"]) == 2
    assert "--year" in capsys.readouterr().err
    assert not out.exists()
    assert run([str(path), "--ics", str(out), "--year", "2028"]) == 0
    assert b"20280605" in out.read_bytes()


BAD = {
    "empty": b"",
    "binary": b"\x00\x01" * 500,
    "broken-zip": b"PK\x03\x04rubbish",
    "broken-pdf": b"%PDF-1.4 rubbish",
    "picture": b"\x89PNG\r\n\x1a\n0000",
    "novel": NOVEL.encode() * 400,
    "one-line": b"a" * 1_000_000,
}


@pytest.mark.parametrize("lang", ["zh-hant", "zh-hans", "en"])
@pytest.mark.parametrize("data", BAD.values(), ids=list(BAD))
def test_bad_input_is_refused_in_plain_words_and_nothing_is_written(
    data: bytes, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.bin"
    path.write_bytes(data)
    started = time.process_time()
    assert run([str(path), "--lang", lang, "--json", "--xlsx", str(tmp_path / "out.xlsx")]) == 2
    assert time.process_time() - started < 30
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "Traceback" not in captured.err
    assert [each.name for each in tmp_path.iterdir()] == ["plan.bin"]


def test_nothing_is_written_when_one_of_the_outputs_cannot_be(plan: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "out.xlsx", tmp_path / "no" / "out.docx"
    assert run([str(plan), "--xlsx", str(good), "--docx", str(bad)]) == 2
    assert run([str(plan), "--xlsx", str(good), "--docx", str(tmp_path)]) == 2
    assert [each.name for each in tmp_path.iterdir()] == [plan.name]


def test_the_plan_itself_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    document = Document()
    for line in PLAN.split("\n"):
        document.add_paragraph(line)
    document.save(str(path))
    before = path.read_bytes()
    assert run([str(path), "--docx", str(path)]) == 2
    assert path.read_bytes() == before


def test_several_plans_in_one_file_ask_which(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plans.txt"
    second = PLAN.replace("青竹", "紅葉").replace("水箱", "化糞池").replace("樓道", "河道")
    path.write_text(f"工作計劃 篇一\n{PLAN}\n\n工作計劃 篇二\n{second}", encoding="utf-8")
    out = tmp_path / "out.docx"
    assert run([str(path), "--docx", str(out), "--lang", "en"]) == 2
    assert "2 plans" in capsys.readouterr().err
    assert run([str(path), "--docx", str(out), "--plan", "3"]) == 2
    assert run([str(path), "--docx", str(out), "--plan", "2"]) == 0
    text = "\n".join(paragraph.text for paragraph in Document(str(out)).paragraphs)
    assert "化糞池" in text
    assert "水箱" not in text


def test_the_seventeen_plans_are_read_in_nine_families_within_five_seconds(shared: Path) -> None:
    """The whole command, from the start of Python, and without a database or settings."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "LANG": "zh_TW.UTF-8", "DATABASE_URL": "nonsense://"}
    environment.pop("LC_ALL", None)
    command = [sys.executable, "-c", "import sys; from qingli.cli.read import run; sys.exit(run(sys.argv[1:]))"]
    before = os.times()
    done = subprocess.run(
        [*command, str(shared / "data" / "plans-17.txt")], capture_output=True, env=environment, check=True
    )
    after = os.times()
    # Processor time: a machine that is busy with something else does not count.
    used = after.children_user + after.children_system - before.children_user - before.children_system
    assert used < 5
    out = done.stdout.decode()
    assert out.startswith("17 份計劃，9 類，")
    assert "django" not in done.stderr.decode().lower()
    assert out.count("計劃 ") >= 17
    families = [line.split("：")[1] for line in out.split("\n") if line.startswith("第 ") and "類" in line]
    assert families[1:4] == ["2、7、12", "3、8、17", "4、6"]


def test_the_scorer_takes_what_is_printed(shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = shared / "data" / "plan-property-year.txt"
    assert run([str(text), "--json"]) == 0
    read = tmp_path / "read.json"
    read.write_text(capsys.readouterr().out, encoding="utf-8")
    gold = shared / "gold" / "plan-property-year.json"
    done = subprocess.run(
        [sys.executable, str(shared / "gold" / "score.py"), str(text), str(read), str(gold)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)
