"""The words of a report in its own three languages; a report speaks as its unit writes, whoever makes it.

Every figure in a sentence is given by name and keeps its link; a sentence without its figure cannot be made.
"""

from collections.abc import Mapping
from datetime import date
from string import Formatter

from qingli.insight.periods import HalfYear
from qingli.papers.half_year_shape import Figure
from qingli.papers.values import Language

_COLUMN: Mapping[Language, int] = {"zh-Hant": 0, "zh-Hans": 1, "en": 2}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WORDS: dict[str, tuple[str, str, str]] = {
    # key: zh-Hant, zh-Hans, en
    "title": (
        "{unit}{year}年{half}環境保護工作總結",
        "{unit}{year}年{half}环境保护工作总结",
        "{unit}: report on environmental work, {half} {year}",
    ),
    "half-1": ("上半年", "上半年", "first half of"),
    "half-2": ("下半年", "下半年", "second half of"),
    "period": ("{first}至{last}", "{first}至{last}", "{first} to {last}"),
    "as-of": ("數字截至{day}", "数字截至{day}", "figures as of {day}"),
    "no-data": ("沒有數據", "没有数据", "no data"),
    "not-yours": (
        "這一部分沒有列出：您的崗位看不到。請環保專幹或負責人出這份總結。",
        "这一部分没有列出：您的岗位看不到。请环保专干或负责人出这份总结。",
        "This part is left out: your post does not see it. Ask the clerk or the head to make the report.",
    ),
    "semicolon": ("；", "；", "; "),
    "comma": ("，", "，", ", "),
    "stop": ("。", "。", "."),
    "colon": ("：", "：", ": "),
    # basics
    "basics": ("基本情況", "基本情况", "The community"),
    "posts": ("在任崗位", "在任岗位", "posts held"),
    "households": ("住戶", "住户", "households"),
    "households-said": (
        "{n}（{sites}棟樓中{told}棟登記了戶數）",
        "{n}（{sites}栋楼中{told}栋登记了户数）",
        "{n} (of {sites} buildings, {told} say how many)",
    ),
    "building": ("樓棟", "楼栋", "buildings"),
    "water_tank": ("水箱", "水箱", "water tanks"),
    "shop": ("商舖", "商铺", "shops"),
    "enterprise": ("企業", "企业", "enterprises"),
    "market": ("市場", "市场", "markets"),
    "open_yard": ("空地", "空地", "open yards"),
    "river_reach": ("河段", "河段", "river reaches"),
    "green_belt": ("綠地", "绿地", "green belts"),
    # plan against result
    "plan": ("計劃與完成", "计划与完成", "Promised and done"),
    "no-plan": (
        "本期沒有通過的計劃，也沒有到期的任務：沒有數據。",
        "本期没有通过的计划，也没有到期的任务：没有数据。",
        "No plan was in force and no task was due in this half-year: no data.",
    ),
    "plan-whole": (
        "本期應做{promised}件，按時做完{on_time}件，晚做{done_late}件，不做了而寫明原因{not_done}件，"
        "晚了還沒做{late}件，未到期{not_due}件。",
        "本期应做{promised}件，按时做完{on_time}件，晚做{done_late}件，不做了而写明原因{not_done}件，"
        "晚了还没做{late}件，未到期{not_due}件。",
        "Of {promised} tasks promised for this half-year, {on_time} were done on time and {done_late} late; {not_done} "
        "will not be done, with reasons; {late} are late; {not_due} are not due yet.",
    ),
    "plan-share": (
        "已到期的{due}件中，按時做完{on_time}件（{percent}）。",
        "已到期的{due}件中，按时做完{on_time}件（{percent}）。",
        "Of the {due} that were due by then, {on_time} were done on time ({percent}).",
    ),
    "plan-before": (
        "上一個半年應做{promised}件，按時做完{on_time}件。",
        "上一个半年应做{promised}件，按时做完{on_time}件。",
        "In the half-year before, {promised} were promised and {on_time} done on time.",
    ),
    "plan-before-none": (
        "上一個半年沒有數據，不作比較。",
        "上一个半年没有数据，不作比较。",
        "There is no data of the half-year before to compare with.",
    ),
    "plans": ("所依計劃：{titles}。", "所依计划：{titles}。", "By the plan: {titles}."),
    "section": ("章節", "章节", "Section"),
    "promised": ("應做", "应做", "Promised"),
    "on_time": ("按時", "按时", "On time"),
    "done_late": ("晚做", "晚做", "Done late"),
    "not_done": ("不做了", "不做了", "Not done"),
    "late": ("晚了", "晚了", "Late"),
    "not_due": ("未到期", "未到期", "Not due"),
    "together": ("合計", "合计", "Together"),
    "outside-outline": ("章節以外", "章节以外", "Outside the outline"),
    # topics
    "topics": ("分類工作", "分类工作", "Work by topic"),
    "topic": (
        "{topic}：應做{promised}件，做完{done}件，其中按時{on_time}件；工作記錄：{records}",
        "{topic}：应做{promised}件，做完{done}件，其中按时{on_time}件；工作记录：{records}",
        "{topic}: {done} done of {promised} promised, {on_time} of them on time; records: {records}",
    ),
    "topic-before": (
        "；上一個半年應做{promised}件，做完{done}件",
        "；上一个半年应做{promised}件，做完{done}件",
        "; half-year before: {done} done of {promised}",
    ),
    "example": ("例如{day}，{title}", "例如{day}，{title}", "For example {day}, {title}"),
    "records-outside": (
        "計劃以外另有工作記錄{records}筆。",
        "计划以外另有工作记录{records}笔。",
        "Beside the plan there are further records: {records}.",
    ),
    "no-topic": ("未分類", "未分类", "Without a topic"),
    "no-records": ("沒有", "没有", "none"),
    # problems
    "problems": ("問題", "问题", "Problems"),
    "no-problems": (
        "到{day}為止，本期的任務沒有晚了還沒做的，也沒有不做了的。",
        "到{day}为止，本期的任务没有晚了还没做的，也没有不做了的。",
        "As of {day}, no task of this half-year is late and none was given up.",
    ),
    "problems-late": (
        "晚了還沒做的{late}件，原定日子最早的如下：",
        "晚了还没做的{late}件，原定日子最早的如下：",
        "Late: {late}. Those promised for the earliest days:",
    ),
    "problem-late": (
        "{title}：原定{due}，晚了{days}天",
        "{title}：原定{due}，晚了{days}天",
        "{title}: due {due}, {days} days late",
    ),
    "new-day": ("，新日子{day}", "，新日子{day}", ", new day {day}"),
    "reason": ("。原因：{reason}", "。原因：{reason}", ". Reason: {reason}"),
    "owner": ("，由{who}負責", "，由{who}负责", ", with {who}"),
    "problems-not-done": (
        "不做了的{not_done}件，原因如下：",
        "不做了的{not_done}件，原因如下：",
        "Not to be done: {not_done}, with these reasons:",
    ),
    "problem-not-done": ("{title}：{reason}", "{title}：{reason}", "{title}: {reason}"),
    "further": ("其餘見清單（共{n}件）。", "其余见清单（共{n}件）。", "The others are in the list ({n} in all)."),
    # residents' voice
    "voice": ("居民意見", "居民意见", "What residents said"),
    "voice-notices": ("本期公示{notices}份。", "本期公示{notices}份。", "Notices posted: {notices}."),
    "voice-opinions": (
        "收到意見{opinions}條，其中已答覆{answered}條。",
        "收到意见{opinions}条，其中已答复{answered}条。",
        "Opinions received: {opinions}, of which {answered} are answered.",
    ),
    "voice-objections": (
        "收到異議{objections}條，其中採納{upheld}條，不採納{rejected}條，等答覆{waiting}條。",
        "收到异议{objections}条，其中采纳{upheld}条，不采纳{rejected}条，等答复{waiting}条。",
        "Objections received: {objections}; upheld {upheld}, not upheld {rejected}, waiting for an answer {waiting}.",
    ),
    "voice-none": (
        "本期沒有收到意見，也沒有收到異議。",
        "本期没有收到意见，也没有收到异议。",
        "No opinion and no objection came in.",
    ),
    "voice-satisfaction": (
        "滿意度：沒有調查數據。",
        "满意度：没有调查数据。",
        "Satisfaction: not asked, no data.",
    ),
    # money
    "money": ("專款收支", "专款收支", "Money"),
    "no-money": (
        "本單位名下沒有專款用途，沒有收支：沒有數據。",
        "本单位名下没有专款用途，没有收支：没有数据。",
        "No money is earmarked for this community: no data.",
    ),
    "earmark": ("專款用途", "专款用途", "Earmark"),
    "received": ("本期收入（元）", "本期收入（元）", "Received (yuan)"),
    "spent": ("本期支出（元）", "本期支出（元）", "Used (yuan)"),
    "left": ("期末結餘（元）", "期末结余（元）", "Left (yuan)"),
    # criteria
    "criteria": ("對照考評標準", "对照考评标准", "Against the standard"),
    "no-standard": (
        "還沒有可以對照的考評標準。",
        "还没有可以对照的考评标准。",
        "There is no standard to compare with yet.",
    ),
    "criteria-whole": (
        "{standard}（版本{version}），按本期記錄自評：{total}項中達到{met}項，部分達到{partly}項，未達到{not_met}項，"
        "數據不足{unclear}項，待評{to_judge}項；可計{points}分（滿分{of}分）。",
        "{standard}（版本{version}），按本期记录自评：{total}项中达到{met}项，部分达到{partly}项，未达到{not_met}项，"
        "数据不足{unclear}项，待评{to_judge}项；可计{points}分（满分{of}分）。",
        "{standard} (version {version}), by the records of this half-year: of {total} criteria {met} are met, {partly} "
        "partly met, {not_met} not met, {unclear} without enough data, {to_judge} still to be judged; {points} of {of} "
        "points.",
    ),
    "criteria-lack": ("還差的：", "还差的：", "What is lacking:"),
    "criterion": ("{name}：{state}", "{name}：{state}", "{name}: {state}"),
    "criterion-n": ("（{numerator}／{n}）", "（{numerator}／{n}）", " ({numerator} of {n})"),
    "criterion-count": (
        "（{numerator}，要求{at_least}）",
        "（{numerator}，要求{at_least}）",
        " ({numerator}, {at_least} wanted)",
    ),
    "partly": ("部分達到", "部分达到", "partly met"),
    "not-met": ("未達到", "未达到", "not met"),
    "not-enough-data": ("數據不足", "数据不足", "not enough data"),
    "to-judge": ("待評", "待评", "to be judged"),
    # titles
    "titles": ("稱號與申報", "称号与申报", "Titles and applications"),
    "title-held": (
        "{name}，{body}{day}命名{until}",
        "{name}，{body}{day}命名{until}",
        "{name}, named by {body} on {day}{until}",
    ),
    "title-until": ("，有效至{day}", "，有效至{day}", ", valid until {day}"),
    "title-over": ("，{day}已滿期", "，{day}已满期", ", which ended on {day}"),
    "applied": (
        "{year}年度{programme}申報：{state}",
        "{year}年度{programme}申报：{state}",
        "Application for {programme}, {year}: {state}",
    ),
    "no-titles": (
        "沒有稱號，也沒有申報。",
        "没有称号，也没有申报。",
        "No title is held and no application was made.",
    ),
    "draft": ("正在準備", "正在准备", "being prepared"),
    "submitted": ("已報街道", "已报街道", "handed in to the street"),
    "endorsed": ("街道已簽署意見", "街道已签署意见", "endorsed by the street"),
    "recommended": ("區已推薦", "区已推荐", "recommended by the district"),
    "posted": ("正在公示", "正在公示", "posted"),
    "named": ("已命名", "已命名", "named"),
    "declined": ("未命名", "未命名", "not named"),
    "returned": ("退回補正", "退回补正", "sent back to be mended"),
    "withdrawn": ("已撤回", "已撤回", "withdrawn"),
    # next half-year
    "next": ("下一步", "下一步", "What comes next"),
    "next-left": (
        "本期留下{left}件還要做：晚了的{late}件，未到期的{not_due}件。",
        "本期留下{left}件还要做：晚了的{late}件，未到期的{not_due}件。",
        "Left to do from this half-year: {left}, of which {late} are late and {not_due} not due yet.",
    ),
    "next-none-left": (
        "本期的任務都有了交代，沒有留下。",
        "本期的任务都有了交代，没有留下。",
        "Every task of this half-year is answered; none is left.",
    ),
    "next-planned": (
        "下一個半年的計劃已排{promised}件。",
        "下一个半年的计划已排{promised}件。",
        "Already promised for the next half-year: {promised}.",
    ),
    "next-no-plan": (
        "下一個半年還沒有排出任務：沒有數據。",
        "下一个半年还没有排出任务：没有数据。",
        "No task is planned for the next half-year yet: no data.",
    ),
    "left-of": ("{title}：還有{n}件", "{title}：还有{n}件", "{title}: {n} left"),
    # basis
    "basis-counted": (
        "數字由系統從任務、工作記錄和各類記載裡數出，沒有一個是填的；帶下劃線的數字可以點開，看到數的是哪幾筆。",
        "数字由系统从任务、工作记录和各类记载里数出，没有一个是填的；带下划线的数字可以点开，看到数的是哪几笔。",
        "All figures are counted from what was kept; none was typed. An underlined figure opens the list of what "
        "was counted.",
    ),
    "basis-period": (
        "任務算在原定到期的那個半年：{first}起，到{end}之前。後來改了日子，仍算在原定的半年。",
        "任务算在原定到期的那个半年：{first}起，到{end}之前。后来改了日子，仍算在原定的半年。",
        "A task belongs to the half-year in which it was first due: from {first} to before {end}. A later day agreed "
        "on does not move it.",
    ),
    "layout": (
        "版式參考 GB/T 9704。",
        "版式参考 GB/T 9704。",
        "",
    ),
}


def say(key: str, language: Language, **values: object) -> str:
    """The words for `key` as one string."""
    return WORDS[key][_COLUMN[language]].format(**values)


def parts(key: str, language: Language, figures: Mapping[str, Figure | str | int]) -> tuple[Figure, ...]:
    """The words for `key`, with each figure in its place and with its link."""
    found = []
    for text, name, _, _ in Formatter().parse(WORDS[key][_COLUMN[language]]):
        if text:
            found.append(Figure(text))
        if name is not None:
            value = figures[name]
            found.append(value if isinstance(value, Figure) else Figure(str(value)))
    return tuple(found)


def day_words(day: date, language: Language, *, year: bool = False) -> str:
    """6月20日 or 20 June, with the year where it is asked for."""
    if language == "en":
        return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")
    return (f"{day.year}年" if year else "") + f"{day.month}月{day.day}日"


def period_words(period: HalfYear, language: Language) -> str:
    first, last = (day_words(day, language, year=True) for day in (period.since, period.last_day))
    return say("period", language, first=first, last=last)


def percent(n: int, of: int) -> str:
    """With one decimal, halves up; `of` must not be 0, for then there is no share to speak of."""
    tenths = (n * 2000 + of) // (2 * of)
    return f"{tenths // 10}.{tenths % 10}%"


def heading(place: int, key: str, language: Language) -> str:
    """一、基本情況 or 1. The community."""
    mark = f"{place}. " if language == "en" else f"{'一二三四五六七八九十'[place - 1]}、"
    return mark + say(key, language)


def known(key: str) -> bool:
    """Whether there are words for `key`."""
    return key in WORDS
