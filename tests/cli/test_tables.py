"""Tables for a terminal, where a Chinese character takes two columns."""

from hypothesis import given
from hypothesis import strategies as st

from qingli.cli.tables import table, width, wrapped


def test_width_counts_columns() -> None:
    assert width("水箱 2") == 6
    assert width("（一）") == 6
    assert width("e\u0301") == 1


def test_words_stay_whole_and_no_line_begins_with_a_closing_mark() -> None:
    assert wrapped("who, evidence", 9) == ["who,", "evidence"]
    assert wrapped("清洗水箱，登記", 8) == ["清洗水", "箱，登記"]
    assert wrapped("6月底前", 4) == ["6月", "底前"]
    assert wrapped("", 4) == [""]
    assert wrapped("abcdefghij", 4) == ["abcd", "efgh", "ij"]


@given(st.text(alphabet="水箱清洗ab 1，。\n", max_size=60), st.integers(6, 30))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, columns: int) -> None:
    lines = wrapped(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert all(width(line) <= columns for line in lines)


def test_columns_stand_under_each_other() -> None:
    lines = table(["編號", "措施"], [["（一）", "清洗水箱"], ["2.", "清掃"]], (1, 3), 40)
    places = [
        width(line[: line.index(word)])
        for line, word in zip([lines[0], *lines[2:]], ["措施", "清洗", "清掃"], strict=True)
    ]
    assert len(set(places)) == 1
