"""An invented plan, in both scripts, with everything that a paper can show."""

from datetime import date

from qingli.papers import ActionRow, DueDate, FillIn, Line, Piece, PlanPaper, Script

_DUES = (DueDate(date(2027, 1, 1), date(2027, 6, 20), "1.", "=清洗水箱", "物業公司", "每半年一次", key="0-2027H1"),)
_TRADITIONAL = PlanPaper(
    title="青竹社區2027年上半年環境保護工作計劃",
    meta=("青竹社區居民委員會", "2027年1月至6月"),
    lines=(
        Line.of("為使居民住得乾淨、安心，結合本社區實際，制定本計劃。"),
        Line.of("一、衛生清潔", 1),
        Line.of("（一）水箱與樓道", 2),
        Line(
            (
                Piece("1.每半年清洗水箱一次，由物業公司負責，"),
                Piece("6月20日", "fixed"),
                Piece("前完成，檢測報告張貼公示。"),
            ),
            3,
        ),
        Line.of(
            "2.每週五清掃樓道，各棟樓長檢查並登記，發現堆物當天通知住戶，三天後仍未清走的報社區環保專幹上門勸導。",
            3,
        ),
        Line.of("（三）除四害", 2),
        Line((Piece("投放鼠藥前張貼告示，投藥點不少於"), Piece("    ", "open"), Piece("處，由網格員巡查補投。"))),
        Line.of("二、宣傳教育", 1),
        Line.of("6月5日世界環境日在廣場辦一次宣傳活動，發放資料300份。"),
    ),
    actions=(
        ActionRow("1.", "清洗水箱", "每半年一次、6月20日前完成", "物業公司", "一次", "檢測報告"),
        ActionRow("2.", "清掃樓道", "每週五", "各棟樓長", "", "登記", ("未寫明數量",)),
        ActionRow("（三）", "投放鼠藥並張貼告示", "", "網格員（承上文）", "不少於    處", "", ("未寫明時間",)),
        ActionRow("二、", "世界環境日宣傳活動", "6月5日", "", "資料300份", "", ("未寫明由誰負責",)),
    ),
    dues=_DUES,
    fill_ins=(FillIn("（三）", "數目", "投藥點不少於    處"), FillIn("二、", "未寫明由誰負責", "世界環境日宣傳活動")),
    corrected=True,
)
_SIMPLIFIED = PlanPaper(
    title="青竹社区2027年上半年环境保护工作计划",
    language="zh-Hans",
    script="zh-Hans",
    meta=("青竹社区居民委员会", "2027年1月至6月"),
    lines=(
        Line.of("为使居民住得干净、安心，结合本社区实际，制定本计划。"),
        Line.of("一、卫生清洁", 1),
        Line.of("（一）水箱与楼道", 2),
        Line.of("1.每半年清洗水箱一次，由物业公司负责，6月20日前完成，检测报告张贴公示。", 3),
        Line.of("二、宣传教育", 1),
        Line((Piece("6月5日世界环境日办一次宣传活动，发放资料"), Piece("__", "open"), Piece("份。"))),
    ),
    actions=(
        ActionRow("1.", "清洗水箱", "每半年一次、6月20日前完成", "物业公司", "一次", "检测报告"),
        ActionRow("二、", "世界环境日宣传活动", "6月5日", "", "资料__份", "", ("未写明由谁负责",)),
    ),
    dues=_DUES,
    fill_ins=(FillIn("二、", "数目", "发放资料__份"),),
    corrected=True,
)


def sample(script: Script = "zh-Hant", *, corrected: bool = False, times: int = 1) -> PlanPaper:
    """The plan; without `corrected` it is as its author left it; `times` repeats text and table to fill more pages."""
    paper = _SIMPLIFIED if script == "zh-Hans" else _TRADITIONAL
    lines = paper.lines if corrected else tuple(Line.of(line.text, line.level) for line in paper.lines)
    return PlanPaper(
        title=paper.title,
        language=paper.language,
        script=paper.script,
        meta=paper.meta,
        lines=lines * times,
        actions=paper.actions * times,
        dues=paper.dues,
        fill_ins=paper.fill_ins if corrected else (),
        corrected=corrected,
    )
