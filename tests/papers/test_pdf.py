"""The PDF paper, read back."""

import hashlib
import io
import re

import pdfplumber
import pytest

from qingli.papers import FONTS, ActionRow, Line, PlanPaper, Script, plan_pdf
from tests.papers.sample import sample


def text_of(data: bytes) -> list[str]:
    """The text of each page without blanks, which typesetting changes."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [re.sub(r"\s+", "", page.extract_text() or "") for page in pdf.pages]


@pytest.mark.parametrize("script", ["zh-Hant", "zh-Hans"])
def test_everything_is_on_the_pages(script: Script) -> None:
    paper = sample(script, corrected=True)
    text = "".join(text_of(plan_pdf(paper)))
    assert re.sub(r"\s+", "", paper.title) in text
    for line in paper.lines:
        assert re.sub(r"\s+", "", line.text)[:12] in text
    assert {"zh-Hant": "任務分解表", "zh-Hans": "任务分解表"}[script] in text
    assert {"zh-Hant": "尚待填寫", "zh-Hans": "尚待填写"}[script] in text


def test_only_the_shipped_font_is_used_and_it_is_embedded() -> None:
    with pdfplumber.open(io.BytesIO(plan_pdf(sample(corrected=True)))) as pdf:
        names = {character["fontname"] for page in pdf.pages for character in page.chars}
    assert {name.split("+")[-1] for name in names} == {"LXGWWenKai-Regular"}


def test_pages_are_numbered_in_the_paper_s_language() -> None:
    pages = text_of(plan_pdf(sample("zh-Hans", times=8)))
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert page.endswith(f"第{number}页，共{len(pages)}页")


def test_the_head_of_the_table_comes_back_on_every_page() -> None:
    pages = text_of(plan_pdf(PlanPaper("計劃", actions=(ActionRow("1.", "清洗水箱"),) * 80)))
    assert len(pages) > 1
    assert all("編號措施時間負責數量留存材料" in page for page in pages)


def test_text_is_never_read_as_markup() -> None:
    hostile = '#panic("x") *粗* _斜_ $x$ @ref <label> \\ #import "@preview/x:0.1.0" [一] "引號" // 註'
    text = "".join(text_of(plan_pdf(PlanPaper(hostile, lines=(Line.of(hostile), Line.of(hostile[:30], 1))))))
    assert text.count('#panic("x")*粗*') == 3
    assert "//註" in text


def test_odd_characters_do_not_break_the_file() -> None:
    assert "甲乙" in text_of(plan_pdf(PlanPaper("計\x00劃", lines=(Line.of("甲\ud800\x1f乙"),))))[0]


def test_an_empty_plan_and_an_english_one_make_a_page() -> None:
    assert len(text_of(plan_pdf(PlanPaper("計劃")))) == 1
    english = PlanPaper("Plan", language="en", actions=(ActionRow("1.", "清洗水箱"),))
    assert "Breakdownoftasks" in "".join(text_of(plan_pdf(english)))


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert plan_pdf(sample()) == plan_pdf(sample())


def test_the_shipped_font_is_the_one_that_was_checked_in_with_its_licence() -> None:
    for line in (FONTS / "SHA256SUMS").read_text(encoding="ascii").splitlines():
        digest, name = line.split()
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == digest
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 30 * 1024 * 1024
