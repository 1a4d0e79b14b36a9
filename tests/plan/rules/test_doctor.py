"""What the plan doctor finds, offers, and leaves alone."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingli.plan.rules.doctor import (
    ActionFact,
    Context,
    EditError,
    Finding,
    OtherPlan,
    PersonFact,
    PlanFacts,
    TextEdit,
    TimeFact,
    apply_edits,
    examine,
    facts_of,
    shingles,
    similarity,
)
from qingli.plan.rules.doctor.names import places
from qingli.plan.rules.doctor.numbering import value_of, written_as
from qingli.plan.rules.schedule import from_norm
from qingli.reading import read_text

HERE = Context(year=2026, places=("青禾社區", "柳岸街道", "臨川區", "錦和市"), people=frozenset({"林小雨"}))


def read(text: str) -> PlanFacts:
    return facts_of(read_text(text).plans[0], text)


def bare(text: str, **more: object) -> PlanFacts:
    """A plan of which nothing but its text is known."""
    return replace(PlanFacts(text, (0, len(text)), text.splitlines()[0]), **more)  # type: ignore[arg-type]  # fields by name


def found(plan: PlanFacts, code: str, context: Context = HERE) -> list[Finding]:
    return [finding for finding in examine(plan, context) if finding.code == code]


def mended(plan: PlanFacts, finding: Finding, fix: int = 0) -> str:
    return apply_edits(plan.text, finding.fixes[fix].edits)


# Left over from another plan


def test_masks_of_one_kind_are_one_finding_and_one_tap_fills_them_all() -> None:
    plan = bare("xx社區20xx年環保計劃\n為推進xx社區工作，**社區在__市20xx年開展活動。")
    masks = {finding.facts["suffix"] or finding.facts["kind"]: finding for finding in found(plan, "placeholder")}
    assert set(masks) == {"社區", "year", "市"}
    assert len(masks["社區"].facts["spans"]) == 3
    text = apply_edits(plan.text, [edit for finding in masks.values() for edit in finding.fixes[0].edits])
    assert text == "青禾社區2026年環保計劃\n為推進青禾社區工作，青禾社區在錦和市2026年開展活動。"
    assert found(bare(text), "placeholder") == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("落實“”規劃", "quote"),
        ("20__-20__年規劃", "year-range"),
        ("2x年工作", "year"),
        ("負責人：____", "blank"),
        ("「」活動", "quote"),
    ],
)
def test_other_masks(words: str, kind: str) -> None:
    (finding,) = found(bare(words), "placeholder")
    assert finding.facts["kind"] == kind
    assert finding.severity == "must"


def test_a_mask_is_only_filled_with_what_is_known() -> None:
    (finding,) = found(bare("xx社區計劃"), "placeholder", Context())
    assert [(fix.code, fix.edits) for fix in finding.fixes] == [("fill-in", ())]


def test_where_no_year_is_known_this_one_and_the_next_are_offered() -> None:
    (finding,) = found(bare("20xx年計劃"), "placeholder", Context(today=date(2026, 11, 23)))
    assert [fix.value["year"] for fix in finding.fixes] == [2026, 2027]


@pytest.mark.parametrize("text", ["每週2次，共12場", "PM2.5和CO2", "第20條", "3×4米", "2026年", "甲Ａ級"])
def test_ordinary_words_are_no_masks(text: str) -> None:
    assert found(bare(text), "placeholder") == []


def test_other_towns_names_are_found_with_this_towns_name_to_replace_them() -> None:
    plan = bare("青禾社區環保計劃\n在雲橋街道指導下，成立星湖社區領導小組，星湖社區居民參加，推進臨川區創建。")
    names = {finding.facts["name"]: finding for finding in found(plan, "foreign-name")}
    assert set(names) == {"雲橋街道", "星湖社區"}
    text = mended(plan, names["星湖社區"])
    assert text.count("青禾社區") == 3
    assert names["星湖社區"].fixes[-1].code == "keep-name"


def test_the_signature_of_another_community() -> None:
    plan = bare(
        "青禾社區環保計劃\n一、組織講座，參加居民不少於一百人，並做好記錄和總結工作。\n\n星湖社區\n2026年1月5日"
    )
    (finding,) = found(plan, "foreign-signature")
    assert finding.facts["name"] == "星湖社區"
    assert mended(plan, finding).endswith("青禾社區\n2026年1月5日")


def test_simplified_and_traditional_are_the_same_name() -> None:
    assert found(bare("青禾社区环保计划，柳岸街道指导"), "foreign-name") == []


def test_without_knowing_whose_plan_it_is_names_are_only_shown() -> None:
    visitor = Context()
    one = bare("星湖社區環保計劃")
    assert [finding.severity for finding in found(one, "place-name", visitor)] == ["note"]
    two = bare("星湖社區環保計劃，由雲橋社區實施")
    assert [finding.facts["name"] for finding in found(two, "mixed-names", visitor)] == ["星湖社區", "雲橋社區"]


@pytest.mark.parametrize(
    "text",
    [
        "創建節能環保示範社區",
        "充分調動社區居民，豐富轄區文化，方便小區業主",
        "加強對集貿市場和門前市容的管理",
        "結合文明城區創建，我區各社區參加",
        "全市兩型社區、綠色社區評選",
        "上報街道，並向市環保局申報",
        "本街道、該鎮、全縣",
    ],
)
def test_common_words_are_no_names(text: str) -> None:
    assert places(text, 0, len(text)) == []


def test_people_whom_nobody_here_knows() -> None:
    text = "主任陳大同任組長，林小雨任副組長。"
    plan = bare(text, people=(PersonFact("陳大同", (2, 5)), PersonFact("林小雨", (9, 12))))
    (finding,) = found(plan, "unknown-person")
    assert finding.facts["name"] == "陳大同"
    assert mended(plan, finding) == "主任任組長，林小雨任副組長。"
    assert found(plan, "unknown-person", Context()) == []


PARAGRAPH = (
    "組織居民每月開展一次樓道清掃，對高空拋物和亂堆雜物進行勸導，設置舊衣回收箱，"
    "邀請農業站技術員講解陽台種菜，評選十戶節水家庭並在宣傳欄公布結果。"
)


SIMPLIFIED = (
    "组织居民每月开展一次楼道清扫，对高空抛物和乱堆杂物进行劝导，设置旧衣回收箱，"
    "邀请农业站技术员讲解阳台种菜，评选十户节水家庭并在宣传栏公布结果。"
)


def test_a_copy_is_found_in_the_other_script_and_with_other_masks() -> None:
    original = "青禾社區2025年計劃：" + PARAGRAPH
    copied = bare("xx社区20xx年计划：" + SIMPLIFIED)
    others = (
        OtherPlan("1", "2025年計劃", shingles(original)),
        OtherPlan("2", "種樹", shingles("春季植樹活動方案及苗木養護安排")),
    )
    (finding,) = found(copied, "copy", replace(HERE, others=others))
    assert finding.facts["id"] == "1"
    assert finding.facts["containment"] > 0.85


def test_similarity_of_a_part_and_its_whole() -> None:
    part, whole = shingles(PARAGRAPH[:40]), shingles(PARAGRAPH)
    jaccard, containment = similarity(part, whole)
    assert containment == 1.0
    assert jaccard < 0.7
    assert similarity(frozenset(), whole) == (0.0, 0.0)


# Numbering


def test_a_gap_is_closed_in_the_corrected_copy_only() -> None:
    plan = read(
        "環保計劃\n一、宣傳教育\n1、辦講座。\n2、出黑板報。\n4、發傳單。\n5、種樹。\n二、環境整治\n1、掃樓道。\n"
    )
    (gap,) = found(plan, "number-gap")
    assert gap.facts == {"number": "4、", "expected": 3}
    assert "2、出黑板報。\n3、發傳單。\n4、種樹。\n二、" in mended(plan, gap)


def test_a_repeat_is_found_and_a_new_row_is_not_an_error() -> None:
    plan = read(
        "環保計劃\n一、宣傳\n1、辦講座。\n2、出黑板報。\n二、整治\n1、掃樓道。\n2、清水箱。\n二、保障\n1、經費。\n"
    )
    assert [finding.facts["expected"] for finding in found(plan, "number-repeat")] == [3]
    assert found(plan, "number-gap") == []


@pytest.mark.parametrize(
    ("number", "value", "next_number"),
    [
        ("（十九）", 19, "（二十）"),
        ("第三節", 3, "第四節"),
        ("4、", 4, "5、"),
        ("②", 2, "③"),
        ("㈢", 3, "㈣"),
        ("⑴", 1, "⑵"),
        ("㈩", 10, None),
        ("a.", None, None),
    ],
)
def test_numbers_keep_their_dress(number: str, value: int | None, next_number: str | None) -> None:
    assert value_of(number) == value
    if value:
        assert written_as(number, value + 1) == next_number


# Days


@pytest.mark.parametrize(
    ("words", "year", "fixed"),
    [
        ("9月31日前完成", 2026, "9月30日前完成"),
        ("2月29日開展", 2026, "2月28日開展"),
        ("2月30日", 2028, "2月29日"),
    ],
)
def test_days_that_do_not_exist(words: str, year: int, fixed: str) -> None:
    plan = bare(words)
    (finding,) = found(plan, "no-such-day", replace(HERE, year=year))
    assert mended(plan, finding) == fixed


def test_days_that_exist_and_a_leap_day_of_an_unknown_year_are_left_alone() -> None:
    assert found(bare("9月30日，2月29日"), "no-such-day", Context()) == []
    assert found(bare("2月29日"), "no-such-day", replace(HERE, year=2028)) == []
    (finding,) = found(bare("13月1日"), "no-such-day")
    assert finding.fixes == ()


def test_a_deadline_outside_its_stage() -> None:
    plan = read(
        "2026年環保計劃\n一、啟動階段（3月至4月）\n各樓棟5月底前報送名單。\n二、實施階段（5月至9月）\n7月底前完成改造。\n"
    )
    (finding,) = found(plan, "outside-stage")
    assert finding.facts["surface"] == "5月底前"
    assert (finding.facts["start"], finding.facts["end"]) == (date(2026, 3, 1), date(2026, 4, 30))


def test_a_day_outside_the_plans_half_year() -> None:
    plan = read("2026年下半年環保計劃\n一、3月12日組織植樹。\n二、10月底前清洗水箱。\n三、每年5月底前報送名單。\n")
    assert [plan.text[slice(*finding.span)] for finding in found(plan, "outside-period")] == ["3月12日"]


# What actions lack


def promise(text: str, **more: object) -> ActionFact:
    return replace(ActionFact(text, (0, len(text)), None, (), 0, 0, 0), **more)  # type: ignore[arg-type]  # fields by name


def test_what_an_action_lacks() -> None:
    text = "清理樓道雜物"
    codes = [finding.code for finding in examine(bare(text, actions=(promise(text),)), HERE)]
    assert codes == ["no-owner", "no-schedule", "no-evidence", "no-number"]


def test_a_complete_action_lacks_nothing() -> None:
    text = "物業每月清理樓道雜物兩次並拍照"
    monthly = TimeFact((2, 4), "每月", from_norm({"type": "rrule", "value": "FREQ=MONTHLY"}, surface="每月"), "recur")
    action = promise(text, times=(0,), owners=1, quantities=1, evidence=1)
    assert examine(bare(text, times=(monthly,), actions=(action,)), HERE) == ()


@pytest.mark.parametrize(("script", "weekly"), [("Hant", "每週召開會議"), ("Hans", "每周召開會議")])
def test_regularly_offers_frequencies_that_are_written_into_the_text(script: str, weekly: str) -> None:
    text = "定期召開會議"
    vague = from_norm({"type": "unscheduled-periodic", "word": "定期"}, surface="定期")
    time = TimeFact((0, 2), "定期", vague, "vague")
    plan = bare(text, script=script, times=(time,), actions=(promise(text, times=(0,)),))
    (finding,) = found(plan, "vague-schedule")
    assert [fix.value["frequency"] for fix in finding.fixes] == ["week", "month", "month", "month"]
    assert mended(plan, finding) == weekly
    assert found(plan, "no-schedule") == []


def test_a_deadline_that_reads_two_ways_must_be_decided() -> None:
    norm = {"type": "window", "from": None, "to": "*-10-31", "alternative": "..*-11-30"}
    text = "每年11月份前報送"
    time = TimeFact((0, 7), "每年11月份前", from_norm(norm, surface="每年11月份前"), "deadline")
    (finding,) = found(bare(text, times=(time,), actions=(promise(text, times=(0,)),)), "ambiguous-schedule")
    assert finding.severity == "must"
    assert [fix.value for fix in finding.fixes] == [{"index": 0}, {"index": 1}]


def test_the_same_promise_twice_is_shown_with_the_first_one() -> None:
    text = "組織志願者清理衛生死角和小廣告。\n組織志願者清理衛生死角和小廣告！"
    actions = (promise(text[:16], span=(0, 16)), promise(text[17:], span=(17, 33)))
    plan = bare(text, actions=actions)
    (finding,) = found(plan, "duplicate-action")
    assert finding.facts["first_span"] == (0, 16)
    assert mended(plan, finding) == "組織志願者清理衛生死角和小廣告。\n"


# Edits


def test_edits_are_made_in_any_order_and_checked() -> None:
    assert apply_edits("abcdef", [TextEdit(4, 5, "E"), TextEdit(0, 1, ""), TextEdit(0, 1, "")]) == "bcdEf"
    with pytest.raises(EditError, match="edits-overlap"):
        apply_edits("abcdef", [TextEdit(0, 3, ""), TextEdit(2, 4, "")])
    with pytest.raises(EditError, match="edit-outside"):
        apply_edits("abc", [TextEdit(2, 9, "")])


@given(st.text(alphabet="xX*_社區20年月日第一、（）「」\n鎮市3159abc", max_size=200))
def test_any_text_can_be_examined_and_every_fix_applied(text: str) -> None:
    plan = bare(text or " ")
    for finding in examine(plan, HERE):
        assert 0 <= finding.span[0] <= finding.span[1] <= len(plan.text)
        for fix in finding.fixes:
            apply_edits(plan.text, fix.edits)


# The real plans


def test_what_is_left_over_in_the_seventeen_plans(shared: Path) -> None:
    text = (shared / "data" / "plans-17.txt").read_text(encoding="utf8")
    plans = [facts_of(plan, text) for plan in read_text(text).plans]
    assert len(plans) == 17
    names = {
        number: {finding.facts["name"] for finding in examine(plan, HERE) if finding.code.startswith("foreign")}
        for number, plan in enumerate(plans, 1)
    }
    for number in (3, 8, 17):
        assert names[number] == {"解放碑街道", "渝中區"}
    for number in (11, 14, 15):
        assert names[number] == {"錦豐鎮", "西港社區"}
    assert names[10] == {"興達社區"}
    assert not any(names[number] for number in (1, 2, 4, 5, 6, 7, 12, 13, 16))
    (gap,) = found(plans[14], "number-gap")
    assert gap.facts["expected"] == 8
    assert [finding.facts["surface"] for finding in found(plans[12], "outside-stage")] == ["每年度5月底前"]


def test_copies_among_the_seventeen_plans_stay_in_their_families(shared: Path) -> None:
    text = (shared / "data" / "plans-17.txt").read_text(encoding="utf8")
    prints = [shingles(text[slice(*plan.span)]) for plan in read_text(text).plans]
    family = {number: group for group in ("2 7 12", "3 8 17", "4 6", "11 14 15", "13 16") for number in group.split()}
    copies = {
        (str(a + 1), str(b + 1)) for a in range(17) for b in range(a) if max(similarity(prints[a], prints[b])) > 0.85
    }
    assert len(copies) == 3 + 3 + 1 + 3 + 1
    assert all(family[one] == family[other] for one, other in copies)
