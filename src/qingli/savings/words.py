"""What the library says to people, in three languages. Codes are for programs; nothing here decides anything."""

from typing import Literal

from .model import MeterResult
from .reasons import REASONS

Language = Literal["zh-Hant", "zh-Hans", "en"]
_COLUMN = {"zh-Hant": 0, "zh-Hans": 1, "en": 2}
Three = tuple[str, str, str]

KINDS: dict[str, Three] = {
    "electricity": ("電", "电", "electricity"),
    "gas": ("天然氣", "天然气", "gas"),
    "water": ("水", "水", "water"),
    "waste": ("垃圾", "垃圾", "waste"),
    "paper": ("紙", "纸", "paper"),
    "fuel": ("油", "油", "fuel"),
    "coal": ("煤", "煤", "coal"),
    "heat": ("熱", "热", "heat"),
}
UNITS: dict[str, Three] = {
    "kWh": ("度", "度", "kWh"),
    "m3": ("立方公尺", "立方米", "m³"),
    "kg": ("公斤", "公斤", "kg"),
    "sheet": ("張", "张", "sheets"),
    "L": ("公升", "升", "litres"),
}
VERDICTS: dict[str, Three] = {
    "saved": (
        "「{name}」在這一年省了約 {amount} {unit}{kind}（{share}），已經扣除天氣的影響；就算把誤差（±{half}）都算進去，也還是省。",
        "“{name}”在这一年省了约 {amount} {unit}{kind}（{share}），已经扣除天气的影响；就算把误差（±{half}）都算进去，也还是省。",
        "{name} saved about {amount} {unit} of {kind} this year ({share}), with the weather taken out; that holds even when the possible error (±{half}) is allowed for.",
    ),
    "more": (
        "「{name}」在這一年多用了約 {amount} {unit}{kind}（{share}），已經扣除天氣的影響；就算把誤差（±{half}）都算進去，也還是多用。",
        "“{name}”在这一年多用了约 {amount} {unit}{kind}（{share}），已经扣除天气的影响；就算把误差（±{half}）都算进去，也还是多用。",
        "{name} used about {amount} {unit} of {kind} more this year ({share}), with the weather taken out; that holds even when the possible error (±{half}) is allowed for.",
    ),
    "unclear": (
        "「{name}」這一年是省了{kind}還是多用了，還看不出來：差額約 {amount} {unit}（{share}），比可能的誤差（±{half}）小。",
        "“{name}”这一年是省了{kind}还是多用了，还看不出来：差额约 {amount} {unit}（{share}），比可能的误差（±{half}）小。",
        "It cannot be told yet whether {name} saved {kind} this year: the difference of about {amount} {unit} ({share}) is smaller than the possible error (±{half}).",
    ),
    "formula-less": (
        "扣除天氣的影響，「{name}」在這一年約少用 {amount} {unit}{kind}（{share}）；誤差（±{half}）只由公式推算，通常偏窄，還不能當作證明。",
        "扣除天气的影响，“{name}”在这一年约少用 {amount} {unit}{kind}（{share}）；误差（±{half}）只由公式推算，通常偏窄，还不能当作证明。",
        "With the weather taken out, {name} used about {amount} {unit} of {kind} less this year ({share}); the error (±{half}) comes from a formula that is usually too narrow, so this is no proof yet.",
    ),
    "formula-more": (
        "扣除天氣的影響，「{name}」在這一年約多用 {amount} {unit}{kind}（{share}）；誤差（±{half}）只由公式推算，通常偏窄，還不能當作證明。",
        "扣除天气的影响，“{name}”在这一年约多用 {amount} {unit}{kind}（{share}）；误差（±{half}）只由公式推算，通常偏窄，还不能当作证明。",
        "With the weather taken out, {name} used about {amount} {unit} of {kind} more this year ({share}); the error (±{half}) comes from a formula that is usually too narrow, so this is no proof yet.",
    ),
    "plain-less": (
        "「{name}」比往年同期少用了 {amount} {unit}{kind}（{share}）；這只是前後相比，沒有扣除天氣等影響，還不能算是省下的。",
        "“{name}”比往年同期少用了 {amount} {unit}{kind}（{share}）；这只是前后相比，没有扣除天气等影响，还不能算是省下的。",
        "{name} used {amount} {unit} of {kind} less than on the same dates before ({share}); this is only a comparison, with nothing taken out for weather and the like, and no proof of saving.",
    ),
    "plain-more": (
        "「{name}」比往年同期多用了 {amount} {unit}{kind}（{share}）；這只是前後相比，沒有扣除天氣等影響。",
        "“{name}”比往年同期多用了 {amount} {unit}{kind}（{share}）；这只是前后相比，没有扣除天气等影响。",
        "{name} used {amount} {unit} of {kind} more than on the same dates before ({share}); this is only a comparison, with nothing taken out for weather and the like.",
    ),
    "plain-same": (
        "「{name}」的{kind}用量和往年同期差不多；這只是前後相比，沒有扣除天氣等影響。",
        "“{name}”的{kind}用量和往年同期差不多；这只是前后相比，没有扣除天气等影响。",
        "{name} used about as much {kind} as on the same dates before; this is only a comparison, with nothing taken out for weather and the like.",
    ),
    "insufficient": (
        "「{name}」的{kind}資料不夠，沒有辦法比較：{why}",
        "“{name}”的{kind}资料不够，没有办法比较：{why}",
        "There is not enough data on the {kind} of {name} to compare: {why}",
    ),
}
BANDS: dict[str, Three] = {
    "placebo-own": (
        "誤差範圍（{confidence}）：由這批表具自己沒有改變的年份校準（{pairs} 組，{meters} 個表）",
        "误差范围（{confidence}）：由这批表具自己没有改变的年份校准（{pairs} 组，{meters} 个表）",
        "band ({confidence}): calibrated on years without change of these meters themselves ({pairs} pairs, {meters} meters)",
    ),
    "placebo-shipped": (
        "誤差範圍（{confidence}）：由別處的建築校準（{source}；{pairs} 組，{meters} 個表），未必適合本地",
        "误差范围（{confidence}）：由别处的建筑校准（{source}；{pairs} 组，{meters} 个表），未必适合本地",
        "band ({confidence}): calibrated on buildings elsewhere ({source}; {pairs} pairs, {meters} meters), which may not fit here",
    ),
    "nominal": (
        "誤差範圍（{confidence}）：公式推算（ASHRAE 14），未經校準，通常偏窄",
        "误差范围（{confidence}）：公式推算（ASHRAE 14），未经校准，通常偏窄",
        "band ({confidence}): by formula (ASHRAE 14), not calibrated, usually too narrow",
    ),
    "none": ("沒有誤差範圍", "没有误差范围", "no band"),
}
_WORDS: dict[str, Three] = {
    "title": ("節能節水核算", "节能节水核算", "Verified savings"),
    "name": ("表具", "表具", "Meter"),
    "kind": ("種類", "种类", "Kind"),
    "unit": ("單位", "单位", "Unit"),
    "verdict": ("結論", "结论", "Verdict"),
    "before": ("改變前", "改变前", "before"),
    "after": ("改變後", "改变后", "after"),
    "change": ("改變日", "改变日", "Change"),
    "expected": ("若沒有改變，預計用量", "若没有改变，预计用量", "Expected without the change"),
    "observed": ("實際用量", "实际用量", "Used"),
    "saving": ("節省", "节省", "Saving"),
    "share": ("比例", "比例", "Share"),
    "half": ("誤差 ±", "误差 ±", "Error ±"),
    "band": ("誤差範圍的由來", "误差范围的由来", "Where the band comes from"),
    "nominal-half": ("公式誤差 ±", "公式误差 ±", "Formula error ±"),
    "plain-before": ("往年同期", "往年同期", "Same dates before"),
    "plain-after": ("這一年同期", "这一年同期", "Same dates after"),
    "plain-days": ("可比的天數", "可比的天数", "Days compared"),
    "model": ("模型", "模型", "Model"),
    "intercept": ("每日基本用量", "每日基本用量", "Use per day apart from weather"),
    "heating-point": ("採暖起點 °C", "采暖起点 °C", "Heating below °C"),
    "heating-slope": ("每低 1 °C 每日多用", "每低 1 °C 每日多用", "More per day and °C below"),
    "cooling-point": ("製冷起點 °C", "制冷起点 °C", "Cooling above °C"),
    "cooling-slope": ("每高 1 °C 每日多用", "每高 1 °C 每日多用", "More per day and °C above"),
    "part": ("時段", "时段", "Part"),
    "start": ("起", "起", "From"),
    "end": ("迄（不含）", "止（不含）", "To (day after)"),
    "days": ("天數", "天数", "Days"),
    "days-kept": ("有氣溫的天數", "有气温的天数", "Days with weather"),
    "use": ("用量", "用量", "Use"),
    "heating-days": ("每日採暖度", "每日采暖度", "Heating degrees per day"),
    "cooling-days": ("每日製冷度", "每日制冷度", "Cooling degrees per day"),
    "predicted": ("模型算得", "模型算得", "Model says"),
    "reason": ("未計入的原因", "未计入的原因", "Why not counted"),
    "section": ("CalTRACK 條文", "CalTRACK 条文", "CalTRACK section"),
    "source": ("出自第幾列", "出自第几行", "From row"),
    "rule": ("資料要求", "资料要求", "Rule for the data"),
    "state": ("情況", "情况", "State"),
    "facts": ("數字", "数字", "Figures"),
    "met": ("符合", "符合", "met"),
    "unmet": ("不符合", "不符合", "not met"),
    "told": ("請留意", "请留意", "note"),
    "unchecked": ("未能查核", "未能查核", "not checked"),
    "result": ("結果", "结果", "Result"),
    "lines": ("如何算出", "如何算出", "How this was computed"),
    "rules": ("資料是否足夠", "资料是否足够", "Is the data enough"),
    "not-taken": ("未採用的資料列", "未采用的数据行", "Rows not taken"),
    "row": ("列", "行", "Row"),
    "column": ("欄", "列", "Column"),
    "cell": ("內容", "内容", "Cell"),
    "other": ("與哪一列衝突", "与哪一行冲突", "Clashes with row"),
    "basis": ("方法與輸入", "方法与输入", "Method and inputs"),
    "carbon": ("減碳（公斤）", "减碳（公斤）", "Carbon avoided (kg)"),
    "compared": ("扣除對照組後節省", "扣除对照组后节省", "Saving beside the comparison group"),
    "taken": (
        "讀到 {rows} 列，採用 {taken} 列，未採用 {refused} 列。",
        "读到 {rows} 行，采用 {taken} 行，未采用 {refused} 行。",
        "{rows} rows read, {taken} taken, {refused} not taken.",
    ),
    "meters": ("{count} 個表", "{count} 个表", "{count} meters"),
    "left-out": ("另有 {count} 個表沒有結果", "另有 {count} 个表没有结果", "{count} more without a result"),
    "no-answer": ("—", "—", "—"),
    "weaker": (
        "水、垃圾、紙、油的比較比較弱：只和往年同期相比，沒有公認的誤差算法。",
        "水、垃圾、纸、油的比较比较弱：只和往年同期相比，没有公认的误差算法。",
        "Water, waste, paper and fuel are compared in a weaker way: with the same dates before, and no accepted way of computing an error.",
    ),
    "per-person": (
        "每人每日 {before} → {after} {unit}",
        "每人每日 {before} → {after} {unit}",
        "{before} → {after} {unit} per person and day",
    ),
    "wrote": ("已寫出「{name}」。", "已写出“{name}”。", "wrote {name}"),
    "error": ("讀不了「{name}」：{why}", "读不了“{name}”：{why}", "cannot read {name}: {why}"),
    "reading": ("讀取資料", "读取数据", "reading"),
    "computing": ("計算", "计算", "computing"),
    "chart": (
        "{name}：每日用量，{unit}。細線是若沒有改變的預計，粗線是實際",
        "{name}：每日用量，{unit}。细线是若没有改变的预计，粗线是实际",
        "{name}: {unit} per day. Thin line: expected without the change. Thick line: used",
    ),
}
_ALL = {**_WORDS, **REASONS}


def say(key: str, language: Language, **facts: object) -> str:
    """The words for a key; a code without words is shown as it is."""
    found = _ALL.get(key)
    if found is None:
        return key
    return found[_COLUMN[language]].format_map(_Blank(facts))


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def kind_word(kind: str, language: Language) -> str:
    """Electricity, gas, …"""
    return KINDS[kind][_COLUMN[language]]


def unit_word(unit: str, language: Language) -> str:
    """kWh, m³, …"""
    return UNITS[unit][_COLUMN[language]]


def amount(value: float | None, language: Language = "en") -> str:
    """A number as people write it: three figures that count, never more digits than are known."""
    if value is None:
        return say("no-answer", language)
    if value == 0:
        return "0"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.3g}"


def percent(value: float | None, language: Language = "en") -> str:
    """A share."""
    return say("no-answer", language) if value is None else f"{value * 100:.1f} %"


def sentence(result: MeterResult, language: Language) -> str:
    """The verdict in one sentence that a resident understands."""
    plain = result.verdict.startswith("plain")
    source = result.plain if plain else result
    saving = source.saving if source else None
    share = source.share if source else None
    unmet = [rule.code for rule in result.rules if rule.state == "unmet" and rule.code != "weather"]
    return VERDICTS[result.verdict][_COLUMN[language]].format(
        name=result.name,
        kind=kind_word(result.kind, language),
        unit=unit_word(result.unit, language),
        amount=amount(None if saving is None else abs(saving), language),
        share=percent(None if share is None else abs(share), language),
        half=amount(result.band.half, language),
        why=say(unmet[0] if unmet else "nothing-to-compare", language),
    )


def band_sentence(result: MeterResult, language: Language) -> str:
    """Which band was used, and where it comes from."""
    facts = {"confidence": f"{result.band.confidence * 100:.0f} %", **result.band.facts}
    return BANDS[result.band.kind][_COLUMN[language]].format_map(_Blank(facts))
