"""Our numbers against LibreOffice's, and the formats that LibreOffice opens for us."""

import re

import pytest

from qingli.reading.documents import load
from qingli.reading.documents.office import convert, program
from tests.reading.documents.build import abstract, docx, level, num, p, table

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(program() is None, reason="LibreOffice (soffice) is not installed"),
]

RESTART = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
)
NUMBERING = (
    abstract(
        1,
        level(0, "chineseCountingThousand", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3.", suffix="tab"),
        level(3, "decimalEnclosedCircleChinese", "%4"),
    )
    + abstract(2, level(0, "ideographTraditional", "%1、"), level(1, "decimal", "%2）"))
    + abstract(
        3,
        level(0, "ideographLegalTraditional", "%1、"),
        level(1, "taiwaneseCountingThousand", "%2、"),
        level(2, "lowerLetter", "%3)", suffix="space"),
        level(3, "upperRoman", "%4."),
        level(4, "decimalFullWidth", "%5．"),
    )
    + abstract(4, level(0, "decimal", "第%1條", start=3), level(1, "decimal", "%1.%2", suffix="space"))
    + abstract(
        5,
        level(0, "chineseCountingThousand", "第%1章", extra='<w:pStyle w:val="H1"/>', suffix="space"),
        level(1, "decimal", "%1-%2", extra='<w:pStyle w:val="H2"/>', suffix="space"),
    )
    + "".join(num(number, number) for number in range(1, 6))
    + num(6, 1, RESTART)
)
BODY = "".join(
    [
        p("青竹社區工作計劃"),
        *[p("衛生", 1), p("水箱", 1, 1), p("樓道", 1, 1), p("清洗", 1, 2), p("檢查", 1, 2), p("細目", 1, 3)],
        *[p("綠化", 1), p("補種", 1, 1), p("澆水", 1, 2)],
        *[p("宣傳", 2), p("櫥窗", 2, 1), p("講座", 2, 1), p("培訓", 2), p("講座", 2, 1)],
        *[p(f"項{index}", 3) for index in range(12)],
        *[p(f"目{index}", 3, 1) for index in range(21)],
        *[p("字母", 3, 2), p("羅馬", 3, 3), p("全形", 3, 4), p("全形", 3, 4)],
        *[p("條文", 4), p("款", 4, 1), p("款", 4, 1), p("條文", 4), p("款", 4, 1)],
        *[p("重新開始", 6), p("續前", 1), p("續前", 6)],
        *[
            p("總則", style="H1"),
            p("目的", style="H2"),
            p("依據", style="H2"),
            p("組織", style="H1"),
            p("小組", style="H2"),
        ],
        table([[p("次", 1, 1), p("甲")], [p("次", 1, 1), p("乙")], [p("再", 1, 2), p("丙", 1, 2)]]),
        p("末項", 1, 1),
    ]
)


def lines(text: str) -> list[str]:
    return [line for raw in re.split(r"[\n\t]", text) if (line := re.sub(r"\s+", "", raw))]


def test_numbers_are_those_that_libreoffice_shows() -> None:
    data = docx(BODY, NUMBERING, STYLES)
    exported = convert(data, "docx", "txt:Text (encoded):UTF8").decode("utf-8-sig")
    # LibreOffice puts a tab after some numbers, which is no line of its own.
    assert "".join(lines(load(data, "a.docx").text)) == "".join(lines(exported))


@pytest.mark.parametrize("suffix", ["doc", "odt"])
def test_other_formats_come_through_libreoffice(suffix: str) -> None:
    data = convert(docx(p("一、衛生清潔") + p("水箱", 1) + p("樓道", 1), NUMBERING), "docx", suffix)
    document = load(data, f"計劃.{suffix}")
    assert lines(document.text) == ["一、衛生清潔", "一、水箱", "二、樓道"]
    assert [note.code for note in document.notes] == ["converted"]


def test_rich_text_comes_through_libreoffice() -> None:
    line = "".join(f"\\u{ord(character)}?" for character in "一、衛生清潔")
    document = load(b"{\\rtf1\\ansi " + line.encode() + b"\\par}", "計劃.rtf")
    assert document.text == "一、衛生清潔\n"
