"""The half-year report as Word and PDF, read back: every figure with its link, at most three pages."""

import io
import re

import pdfplumber
import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from qingli.papers import Script, half_year_docx, half_year_pdf
from qingli.papers.half_year_shape import Figure, HalfYearPaper, Part, Sentence, Table, Words

HOUSE = "https://house.example/w/1/figures"
_HEADS = {"zh-Hant": ("章節", "應做", "做完"), "zh-Hans": ("章节", "应做", "做完")}


def sample(script: Script = "zh-Hant", topics: int = 4, rows: int = 6) -> HalfYearPaper:
    """A report of an invented community; figures are numbered so that each link is its own."""
    row = [(Figure(f"{n}、清潔"), Figure("12", f"{HOUSE}/?promised={n}"), Figure("0")) for n in range(rows)]
    line = [
        Sentence((Figure("分類："), Figure(f"{n + 20}", f"{HOUSE}/?topic={n}"), Figure("件。")), "三（二）", item=True)
        for n in range(topics)
    ]
    return HalfYearPaper(
        title="青竹社區2026年上半年環境保護工作總結",
        language=script,
        script=script,
        meta=("2026年1月1日至2026年6月30日", "數字截至2026年7月3日"),
        parts=(
            Part("plan", "一、計劃與完成", (Sentence((Figure("本期應做"), Figure("72", f"{HOUSE}/?all=1"))),)),
            Part("table", "二、章節", (Table(_HEADS[script], tuple(row), sums=True),)),
            Part("topics", "三、分類工作", tuple(line)),
            Part("problems", "四、問題", (Words("雨季裡改在週三清掃。\n物業換了人。"),)),
        ),
        basis=("數字由系統數出。",),
    )


def links_of(paper: HalfYearPaper) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in paper.parts:
        for block in part.blocks:
            lines = block.rows if isinstance(block, Table) else [block.parts] if isinstance(block, Sentence) else []
            found |= {figure.link: figure.text for line in lines for figure in line if figure.link}
    return found


@pytest.mark.parametrize("script", ["zh-Hant", "zh-Hans"])
def test_every_figure_of_the_word_file_is_a_link_to_what_was_counted(script: Script) -> None:
    paper = sample(script)
    document = Document(io.BytesIO(half_year_docx(paper)))
    targets = {
        name: rel.target_ref for name, rel in document.part.rels.items() if rel.reltype == RELATIONSHIP_TYPE.HYPERLINK
    }
    found = {
        targets[link.get(qn("r:id"))]: "".join(text.text or "" for text in link.iter(qn("w:t")))
        for link in document.element.body.iter(qn("w:hyperlink"))
    }
    assert found == links_of(paper)


def test_every_figure_of_the_pdf_is_a_link_to_what_was_counted() -> None:
    paper = sample()
    with pdfplumber.open(io.BytesIO(half_year_pdf(paper))) as pdf:
        found = {note["uri"] for page in pdf.pages for note in page.annots}
    assert found == set(links_of(paper))


def test_the_word_file_says_everything_in_order() -> None:
    paper = sample()
    document = Document(io.BytesIO(half_year_docx(paper)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:4] == [paper.title, "　".join(paper.meta), "一、計劃與完成", "本期應做72"]
    assert texts[texts.index("三、分類工作") + 1] == "· 三（二）　分類：20件。"
    assert texts[-4:] == ["四、問題", "雨季裡改在週三清掃。", "物業換了人。", "數字由系統數出。"]
    (table,) = document.tables
    assert [cell.text for cell in table.rows[1].cells] == ["0、清潔", "12", "0"]
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert styles["二、章節"] == "Heading 1"


def test_a_full_report_stays_within_three_pages() -> None:
    with pdfplumber.open(io.BytesIO(half_year_pdf(sample(topics=40, rows=16)))) as pdf:
        assert len(pdf.pages) <= 3
        text = re.sub(r"\s+", "", "".join(page.extract_text() or "" for page in pdf.pages))
    assert "物業換了人" in text
    assert "第1頁，共" in text


def test_nothing_is_read_as_markup_and_odd_characters_do_not_break_a_file() -> None:
    hostile = '#panic("x") *粗* <label> \\ \x00\x0b\ud800 &'
    paper = HalfYearPaper(hostile, "en", "zh-Hant", parts=(Part("a", hostile, (Sentence((Figure(hostile, HOUSE),)),)),))
    with pdfplumber.open(io.BytesIO(half_year_pdf(paper))) as pdf:
        assert (pdf.pages[0].extract_text() or "").count('#panic("x") *粗*') == 3
    assert '#panic("x") *粗*' in Document(io.BytesIO(half_year_docx(paper))).paragraphs[0].text


def test_the_same_report_gives_the_same_bytes() -> None:
    assert half_year_docx(sample()) == half_year_docx(sample())
    assert half_year_pdf(sample()) == half_year_pdf(sample())


@pytest.mark.parametrize(("topics", "points"), [(4, 14.0), (65, 12.0), (85, 11.0)])
def test_a_longer_report_is_set_smaller_to_stay_within_three_pages(topics: int, points: float) -> None:
    document = Document(io.BytesIO(half_year_docx(sample(topics=topics, rows=12))))
    (line,) = [paragraph for paragraph in document.paragraphs if paragraph.text == "本期應做72"]
    assert {run.font.size.pt for run in line.runs if run.font.size} == {points}
