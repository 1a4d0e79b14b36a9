"""The Word paper, read back."""

import io
import zipfile

import pytest
from docx import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm

from qingli.papers import Line, PlanPaper, Script, plan_docx
from qingli.reading.documents import load
from tests.papers.sample import sample


@pytest.mark.parametrize("script", ["zh-Hant", "zh-Hans"])
def test_title_text_and_table_are_there_as_written(script: Script) -> None:
    paper = sample(script)
    document = Document(io.BytesIO(plan_docx(paper)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == paper.title
    assert texts[1] == "　".join(paper.meta)
    assert texts[2 : 2 + len(paper.lines)] == [line.text for line in paper.lines]
    assert texts[-1] == {"zh-Hant": "任務分解表", "zh-Hans": "任务分解表"}[script]
    (table,) = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0][0] == {"zh-Hant": "編號", "zh-Hans": "编号"}[script]
    assert [row[:3] for row in rows[1:]] == [[row.number, row.action, row.when] for row in paper.actions]


def test_page_typefaces_and_line_spacing() -> None:
    document = Document(io.BytesIO(plan_docx(sample("zh-Hans"))))
    section = document.sections[0]
    assert section.page_width
    assert section.page_height
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    for paragraph in document.paragraphs:
        assert paragraph.paragraph_format.line_spacing_rule == WD_LINE_SPACING.AT_LEAST
    faces = {
        paragraph.text: next(paragraph.runs[0]._r.iter(qn("w:rFonts"))).get(qn("w:eastAsia"))
        for paragraph in document.paragraphs
    }
    assert faces[sample("zh-Hans").title] == "方正小标宋简体"
    assert faces["一、卫生清洁"] == "黑体"
    assert faces["（一）水箱与楼道"] == "楷体"
    assert faces[document.paragraphs[2].text] == "仿宋"


def test_headings_can_be_walked_through_and_long_items_are_text() -> None:
    document = Document(io.BytesIO(plan_docx(sample())))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert styles["一、衛生清潔"] == "Heading 1"
    assert styles["（一）水箱與樓道"] == "Heading 2"
    assert next(style for text, style in styles.items() if text.startswith("2.每週五")) == "Normal"


def test_page_numbers_and_a_head_that_repeats() -> None:
    data = plan_docx(sample())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        footer = next(package.read(name) for name in package.namelist() if "footer" in name)
        body = package.read("word/document.xml")
        fonts = package.read("word/fontTable.xml").decode()
    assert b"PAGE" in footer
    assert body.count(b"w:tblHeader") == 1
    assert 'w:name="標楷體"' in fonts
    assert "DFKai-SB" in fonts


def test_a_corrected_plan_marks_what_was_fixed_and_lists_what_is_open() -> None:
    paper = sample(corrected=True)
    document = Document(io.BytesIO(plan_docx(paper)))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    assert "6月20日" in [run.text for run in runs if run.underline]
    assert "    " in [run.text for run in runs if run.font.highlight_color]
    assert "修訂稿" in document.paragraphs[1].text
    listed = [[cell.text for cell in row.cells] for row in document.tables[-1].rows]
    assert listed[1] == ["（三）", "數目", "投藥點不少於    處"]


def test_a_plan_as_written_says_nothing_of_marks() -> None:
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(plan_docx(sample()))).paragraphs)
    assert "修訂稿" not in text
    assert "待填寫" not in text


def test_control_characters_do_not_break_the_file() -> None:
    paper = PlanPaper("計劃\x00書" * 100, lines=(Line.of("甲\x0b乙 <&> \x1f\ud800丙"),))
    text = load(plan_docx(paper), "a.docx").text
    assert "甲乙 <&> 丙" in text


def test_our_own_reader_reads_it_back() -> None:
    paper = sample()
    text = load(plan_docx(paper), "plan.docx").text
    for line in paper.lines:
        assert line.text in text
    assert "清掃樓道\t每週五\t各棟樓長" in text


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert plan_docx(sample()) == plan_docx(sample())
