"""What of a Word file is text of the plan, and what is not."""

import io
import zipfile

from docx import Document as NewDocument

from qingli.reading.documents import load
from tests.reading.documents.build import docx, p, table, zipped

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def text_of(body: str) -> str:
    return load(docx(body), "plan.docx").text


def test_deleted_and_moved_away_text_is_not_read_and_inserted_text_is() -> None:
    deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>每週</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2" w:author="a">{run("每月")}</w:ins>'
    away = f'<w:moveFrom w:id="3" w:author="a">{run("舊處")}</w:moveFrom>'
    here = f'<w:moveTo w:id="4" w:author="a">{run("新處")}</w:moveTo>'
    assert text_of(p("水箱", inner=deleted + inserted + run("清洗") + away + here)) == "水箱每月清洗新處\n"


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    first = "<w:p><w:pPr><w:rPr><w:del w:id='1' w:author='a'/></w:rPr></w:pPr>" + run("清洗") + "</w:p>"
    assert text_of(first + p("水箱")) == "清洗水箱\n"


def test_hidden_text_fields_and_footnote_marks_are_not_read() -> None:
    field = "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText></w:r>"
    assert text_of(p("甲", inner=run("藏", "<w:vanish/>") + field + run("乙", "<w:vanish w:val='0'/>"))) == "甲乙\n"


def test_ruby_keeps_the_base_only() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('jì')}</w:rt><w:rubyBase>{run('計')}</w:rubyBase></w:ruby></w:r>"
    assert text_of(p("", inner=ruby + run("劃"))) == "計劃\n"


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('框內')}</w:txbxContent>"
    both = (
        f'<w:r><mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = load(docx(p("外", inner=both) + p("後")), "a.docx")
    assert document.text == "外\n框內\n後\n"
    assert [block.kind for block in document.blocks] == ["paragraph", "textbox", "paragraph"]


def test_a_table_of_contents_is_skipped_and_other_controls_are_read() -> None:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('一、衛生 …… 1')}</w:sdtContent></w:sdt>"
    )
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('一、衛生')}</w:sdtContent></w:sdt>"
    assert text_of(contents + control) == "一、衛生\n"


def test_line_breaks_tabs_and_page_breaks() -> None:
    inner = "<w:r><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:br w:type='page'/></w:r>"
    assert text_of(p("甲", inner=inner)) == "甲\n乙 丙\n"


def test_merged_cells_keep_their_columns_and_several_paragraphs_stay_in_their_cell() -> None:
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    document = load(docx(table([[wide + p("事項"), p("時限")], [p("甲"), p("乙") + p("丙"), p("6月")]])), "a.docx")
    assert document.text == "事項\t時限\n甲\t乙 丙\t6月\n"
    assert [(block.row, block.column) for block in document.blocks] == [(1, 1), (1, 3), (2, 1), (2, 2), (2, 2), (2, 3)]


def test_a_frame_of_one_column_is_read_as_paragraphs() -> None:
    assert text_of(table([[p("甲") + p("乙")], [p("丙")]])) == "甲\n乙\n丙\n"


def test_a_table_in_a_cell_is_flattened_into_it() -> None:
    inner = table([[p("子"), p("丑")]])
    assert text_of(table([[p("甲") + inner, p("乙")]])) == "甲 子 丑\t乙\n"


def test_the_strict_form_of_the_format_is_read_too() -> None:
    transitional = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    with zipfile.ZipFile(io.BytesIO(docx(p("一、衛生")))) as package:
        parts = {name: package.read(name).replace(transitional, strict) for name in package.namelist()}
    assert load(zipped(parts), "a.docx").text == "一、衛生\n"


def test_every_block_points_at_its_text_in_a_file_made_by_another_program() -> None:
    made = NewDocument()
    made.add_heading("青竹社區工作計劃", 0)
    made.add_heading("一、衛生", 1)
    made.add_paragraph("每月清洗水箱。", style="List Number")
    made.add_paragraph("每週清掃樓道。", style="List Number")
    made.sections[0].header.paragraphs[0].text = "內部文件"
    grid = made.add_table(rows=2, cols=2)
    for index, cell in enumerate(cell for row in grid.rows for cell in row.cells):
        cell.text = f"格{index}"
    buffer = io.BytesIO()
    made.save(buffer)
    document = load(buffer.getvalue(), "a.docx")
    assert document.text == "青竹社區工作計劃\n一、衛生\n1. 每月清洗水箱。\n2. 每週清掃樓道。\n格0\t格1\n格2\t格3\n"
    assert "".join(document.text[block.start : block.end] for block in document.blocks) == document.text.replace(
        "\n", ""
    ).replace("\t", "")
    assert [block.depth for block in document.blocks[:4]] == [None, 0, 0, 0]
    assert document.script == "zh-Hant"
