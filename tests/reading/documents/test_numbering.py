"""Word's automatic numbers, as a person sees them on the page."""

import pytest

from qingli.reading.documents import load
from qingli.reading.documents.numerals import format_number
from tests.reading.documents.build import abstract, docx, level, num, p, table

THREE = abstract(
    1, level(0, "chineseCountingThousand", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3.")
)


def lines(body: str, numbering: str, styles: str = "") -> list[str]:
    return load(docx(body, numbering, styles), "plan.docx").text.rstrip("\n").split("\n")


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("decimal", {1: "1", 10: "10", 101: "101"}),
        ("decimalZero", {1: "01", 10: "10"}),
        ("decimalFullWidth", {1: "１", 12: "１２"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {3: "③", 10: "⑩"}),
        ("decimalEnclosedParen", {2: "⑵"}),
        ("decimalEnclosedFullstop", {9: "⒐"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 99: "九十九"}),
        (
            "chineseCountingThousand",
            {10: "十", 19: "十九", 100: "一百", 101: "一百零一", 110: "一百一十", 1001: "一千零一"},
        ),
        ("taiwaneseCounting", {12: "十二", 30: "三十"}),
        ("taiwaneseCountingThousand", {15: "十五", 205: "二百零五"}),
        ("taiwaneseDigital", {10: "一○", 12: "一二"}),
        ("ideographDigital", {3: "三", 20: "二○"}),
        ("ideographLegalTraditional", {1: "壹", 2: "貳", 10: "壹拾", 21: "貳拾壹"}),
        ("chineseLegalSimplified", {2: "贰", 6: "陆", 11: "壹拾壹"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa"}),
        ("upperLetter", {2: "B"}),
        ("lowerRoman", {4: "iv", 19: "xix"}),
        ("upperRoman", {9: "IX", 40: "XL"}),
        ("ordinal", {1: "1st", 12: "12th", 22: "22nd"}),
        ("none", {5: ""}),
        ("somethingNew", {7: "7"}),
    ],
)
def test_number_formats(style: str, expected: dict[int, str]) -> None:
    assert {value: format_number(value, style) for value in expected} == expected


def test_a_deeper_level_starts_anew_under_each_heading() -> None:
    body = p("甲", 1) + p("子", 1, 1) + p("丑", 1, 1) + p("寅", 1, 2) + p("乙", 1) + p("卯", 1, 1) + p("辰", 1, 2)
    assert lines(body, THREE + num(1, 1)) == ["一、甲", "（一）子", "（二）丑", "1.寅", "二、乙", "（一）卯", "1.辰"]


def test_restart_never_and_restart_after_a_given_level() -> None:
    never = abstract(1, level(0, "decimal", "%1."), level(1, "decimal", "%2)", extra='<w:lvlRestart w:val="0"/>'))
    body = p("a", 1) + p("b", 1, 1) + p("c", 1) + p("d", 1, 1)
    assert lines(body, never + num(1, 1)) == ["1.a", "1)b", "2.c", "2)d"]
    after_first = abstract(
        1,
        level(0, "decimal", "%1."),
        level(1, "decimal", "%2)"),
        level(2, "lowerLetter", "%3.", extra='<w:lvlRestart w:val="1"/>'),
    )
    body = (
        p("x", 1) + p("x", 1, 1) + p("x", 1, 2) + p("x", 1, 1) + p("x", 1, 2) + p("x", 1) + p("x", 1, 1) + p("x", 1, 2)
    )
    assert lines(body, after_first + num(1, 1)) == ["1.x", "1)x", "a.x", "2)x", "b.x", "2.x", "1)x", "a.x"]


def test_two_lists_over_one_definition_go_on_counting_unless_one_starts_anew() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = THREE + num(1, 1) + num(2, 1) + num(3, 1, override)
    body = p("甲", 1) + p("乙", 2) + p("丙", 3) + p("丁", 3)
    assert lines(body, numbering) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_a_level_can_be_replaced_and_can_start_elsewhere() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "ideographTraditional", "%1、", start=3)}</w:lvlOverride>'
    assert lines(p("x", 1) + p("y", 1), THREE + num(1, 1, override)) == ["丙、x", "丁、y"]
    five = abstract(1, level(0, "decimal", "第%1條 ", start=5))
    assert lines(p("x", 1) + p("y", 1), five + num(1, 1)) == ["第5條 x", "第6條 y"]


def test_legal_levels_show_every_number_as_digits() -> None:
    legal = abstract(1, level(0, "chineseCounting", "第%1章 "), level(1, "decimal", "%1.%2 ", extra="<w:isLgl/>"))
    assert lines(p("x", 1) + p("y", 1, 1) + p("z", 1, 1), legal + num(1, 1)) == ["第一章 x", "1.1 y", "1.2 z"]


def test_numbers_that_come_with_a_style_and_its_parents() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H1b"><w:basedOn w:val="H1"/></w:style>'
    )
    numbering = abstract(
        1,
        level(0, "chineseCounting", "%1、", extra='<w:pStyle w:val="H1"/>'),
        level(1, "decimal", "%2.", extra='<w:pStyle w:val="H2"/>'),
    )
    body = (
        p("甲", style="H1")
        + p("子", style="H2")
        + p("乙", style="H1b")
        + p("不計", "0", style="H1")
        + p("丙", style="H1")
    )
    assert lines(body, numbering + num(1, 1), styles) == ["一、甲", "1.子", "二、乙", "不計", "三、丙"]


def test_a_list_style_lends_its_levels() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        abstract(1, level(0, "ideographTraditional", "%1、"), extra='<w:styleLink w:val="L"/>')
        + abstract(2, extra='<w:numStyleLink w:val="L"/>')
        + num(1, 1)
        + num(2, 2)
    )
    assert lines(p("x", 2) + p("y", 2), numbering, styles) == ["甲、x", "乙、y"]


def test_numbers_inside_table_cells_count_in_reading_order() -> None:
    numbering = abstract(1, level(0, "decimal", "%1.", suffix="tab")) + num(1, 1)
    rows = [[p("事項"), p("時限")], [p("清洗水箱", 1), p("6月底前")], [p("清理樓道", 1), p("每週")]]
    document = load(docx(p("附表") + table(rows) + p("完"), numbering), "a.docx")
    assert document.text == "附表\n事項\t時限\n1. 清洗水箱\t6月底前\n2. 清理樓道\t每週\n完\n"
    block = document.block_at(document.text.index("清理樓道"))
    assert block is not None
    assert (block.kind, block.table, block.row, block.column) == ("cell", 1, 3, 1)
    assert (block.number, block.number_source) == ("2.", "automatic")


def test_bullets_show_a_dot_and_a_missing_definition_shows_nothing() -> None:
    bullets = abstract(1, level(0, "bullet", "\uf0b7", suffix="space")) + num(1, 1)
    assert lines(p("甲", 1) + p("乙", 7), bullets) == ["• 甲", "乙"]


def test_odd_definitions_do_no_harm() -> None:
    odd = abstract(1, level(0, "decimal", "%1.%2.%9"), level(8, "decimal", "%9")) + num(1, 1) + num(2, 99)
    assert lines(p("甲", 1) + p("乙", 1, 8) + p("丙", 2) + p("丁", 1, 4), odd) == ["1.1.1甲", "1乙", "丙", "丁"]
