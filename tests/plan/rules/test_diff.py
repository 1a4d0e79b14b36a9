"""Two versions of a plan side by side."""

from hypothesis import given
from hypothesis import strategies as st

from qingli.plan.rules.diff import ActionChange, ActionVersion, FieldChange, Passage, compare_actions, compare_texts


def action(lineage: str, title: str, **fields: str | int | None) -> ActionVersion:
    return ActionVersion(lineage, title, fields)


def test_added_removed_and_changed_actions_by_lineage() -> None:
    old = [action("a", "清洗水箱", owner="物業", target=2), action("b", "種樹"), action("c", "出黑板報")]
    new = [action("c", "出黑板報"), action("a", "清洗二次供水水箱", owner="物業", target=4), action("d", "講座")]
    assert compare_actions(old, new) == (
        ActionChange(
            "changed",
            "a",
            "清洗二次供水水箱",
            (FieldChange("title", "清洗水箱", "清洗二次供水水箱"), FieldChange("target", 2, 4)),
        ),
        ActionChange("added", "d", "講座"),
        ActionChange("removed", "b", "種樹"),
    )


def test_a_field_that_appears_was_empty_before() -> None:
    (change,) = compare_actions([action("a", "種樹")], [action("a", "種樹", owner="王")])
    assert change.fields == (FieldChange("owner", None, "王"),)


def test_an_unchanged_plan_has_no_changes() -> None:
    same = [action("a", "種樹", owner="王")]
    assert compare_actions(same, same) == ()
    assert compare_texts("一、種樹\n", "一、種樹\n") == (Passage("same", "一、種樹\n"),)


def test_a_changed_word_is_shown_inside_its_line() -> None:
    passages = compare_texts("一、每月清掃樓道一次。\n二、種樹。\n", "一、每週清掃樓道一次。\n二、種樹。\n")
    assert [(passage.kind, passage.text) for passage in passages] == [
        ("same", "一、每"),
        ("removed", "月"),
        ("added", "週"),
        ("same", "清掃樓道一次。\n二、種樹。\n"),
    ]


def test_lines_with_little_in_common_are_shown_whole() -> None:
    passages = compare_texts("清洗水箱並公示水質\n", "組織小衛士參觀濕地\n")
    assert [passage.kind for passage in passages] == ["removed", "added"]


texts = st.lists(
    st.sampled_from(["一、種樹。", "二、清掃。", "每月一次", "\n", "\n\n", "每週", "，"]), max_size=12
).map("".join)


@given(texts, texts)
def test_both_texts_can_be_read_back_from_the_passages(old: str, new: str) -> None:
    passages = compare_texts(old, new)
    assert "".join(one.text for one in passages if one.kind != "added") == old
    assert "".join(one.text for one in passages if one.kind != "removed") == new
