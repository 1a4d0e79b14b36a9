"""The Excel paper, read back from its parts."""

import io
import re
import zipfile
from datetime import date, timedelta
from xml.etree.ElementTree import Element, fromstring

import pytest

from qingli.papers import ActionRow, PlanPaper, plan_xlsx
from tests.papers.sample import sample

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets(data: bytes) -> dict[str, list[list[str]]]:
    """The cells' values by sheet name, rows from the top."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        strings = [
            "".join(part.text or "" for part in item.iter(f"{S}t"))
            for item in fromstring(book.read("xl/sharedStrings.xml"))
        ]
        names = [each.get("name", "") for each in fromstring(book.read("xl/workbook.xml")).iter(f"{S}sheet")]
        trees = [fromstring(book.read(f"xl/worksheets/sheet{index + 1}.xml")) for index in range(len(names))]
    return {
        name: [[_value(cell, strings) for cell in row] for row in tree.iter(f"{S}row")]
        for name, tree in zip(names, trees, strict=True)
    }


def _value(cell: Element, strings: list[str]) -> str:
    value = cell.find(f"{S}v")
    assert cell.find(f"{S}f") is None, "a formula"
    text = "" if value is None else value.text or ""
    return strings[int(text)] if cell.get("t") == "s" else text


def test_one_row_for_each_action_and_a_sheet_of_due_dates() -> None:
    paper = sample()
    book = sheets(plan_xlsx(paper))
    assert list(book) == ["任務分解表", "到期日"]
    tasks = book["任務分解表"]
    assert tasks[0][0] == paper.title
    assert tasks[1][:3] == ["編號", "措施", "時間"]
    assert [row[1] for row in tasks[2:]] == [row.action for row in paper.actions]
    assert tasks[3][-1] == "未寫明數量"
    (due,) = book["到期日"][2:]
    assert date(1899, 12, 30) + timedelta(int(due[0])) == date(2027, 6, 20)
    assert due[3] == "=清洗水箱"


def test_what_is_still_open_has_its_own_sheet() -> None:
    book = sheets(plan_xlsx(sample("zh-Hans", corrected=True)))
    assert book["尚待填写"][2] == ["二、", "数目", "发放资料__份"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+86 123", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "http://example.org", "{=1}", "12"]
)
def test_text_stays_text(text: str) -> None:
    data = plan_xlsx(PlanPaper("=計劃", actions=(ActionRow(text, text, text, text),)))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert sheets(data)["任務分解表"][2][:4] == [text] * 4


def test_long_and_odd_text_is_kept_within_what_a_cell_holds() -> None:
    book = sheets(plan_xlsx(PlanPaper("計劃", actions=(ActionRow("1", "清\x00潔" * 20_000),))))
    assert len(book["任務分解表"][2][1]) == 32767
    assert not re.search(r"[\x00-\x08]", book["任務分解表"][2][1])


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert plan_xlsx(sample()) == plan_xlsx(sample())
