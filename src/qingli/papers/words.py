"""The words that we add to a paper, in the paper's own language: the plan's script decides it, not the reader's."""

from qingli.papers.values import Language

_WORDS: dict[str, tuple[str, str, str]] = {
    # key: zh-Hant, zh-Hans, en
    "tasks": ("任務分解表", "任务分解表", "Breakdown of tasks"),
    "number": ("編號", "编号", "No."),
    "action": ("措施", "措施", "Action"),
    "when": ("時間", "时间", "When"),
    "who": ("負責", "负责", "Who"),
    "how_much": ("數量", "数量", "How much"),
    "evidence": ("留存材料", "留存材料", "Evidence"),
    "missing": ("待補充", "待补充", "Missing"),
    "measure": ("措施類型", "措施类型", "Measure"),
    "corrected": ("修訂稿", "修订稿", "Corrected text"),
    "fill_ins": ("尚待填寫", "尚待填写", "Still to be filled in"),
    "where": ("位置", "位置", "Where"),
    "what": ("要填寫的內容", "要填写的内容", "What is wanted"),
    "quote": ("原文", "原文", "As written"),
    "dues": ("到期日", "到期日", "Due dates"),
    "opens": ("開始", "开始", "From"),
    "due": ("截止", "截止", "Due"),
    "legend_fixed": ("劃線處已更正", "划线处已更正", "underlined: put right"),
    "legend_open": ("黃底處待填寫", "黄底处待填写", "yellow: to be filled in"),
    "and": ("、", "、", ", "),
    "semicolon": ("；", "；", "; "),
    "inherited": ("（承上文）", "（承上文）", " (from above)"),
    "page": ("第 {page} 頁，共 {pages} 頁", "第 {page} 页，共 {pages} 页", "Page {page} of {pages}"),
    "untitled": ("工作計劃", "工作计划", "Work plan"),
    # what an action or a plan lacks, by the reader's issue codes
    "no-owner": ("未寫明由誰負責", "未写明由谁负责", "nobody is named"),
    "no-schedule": ("未寫明時間", "未写明时间", "no date or frequency"),
    "no-quantity": ("未寫明數量", "未写明数量", "no number"),
    "no-evidence": ("未寫明留存什麼材料", "未写明留存什么材料", "no evidence named"),
    "vague-schedule": ("未寫明多久一次", "未写明多久一次", "how often is not said"),
    "masked-year": ("年份待填", "年份待填", "the year is blank"),
    "ambiguous-schedule": ("時間有不止一種理解", "时间有不止一种理解", "the time can be read in two ways"),
    "placeholder": ("留有空白待填", "留有空白待填", "a blank is left"),
    "number-gap": ("編號有跳號", "编号有跳号", "a number is skipped"),
    "number-repeat": ("編號重複", "编号重复", "a number is used twice"),
    "number-restart": ("編號中途重新開始", "编号中途重新开始", "the numbers start anew"),
    "no-year": ("未寫明年份", "未写明年份", "no year is given"),
    "empty-plan": ("沒有讀到任何措施", "没有读到任何措施", "no action was found"),
    # the same in a word, under a heading that says that it is missing
    "short-no-owner": ("負責人", "负责人", "who"),
    "short-no-schedule": ("時間", "时间", "when"),
    "short-no-quantity": ("數量", "数量", "how much"),
    "short-no-evidence": ("留存材料", "留存材料", "evidence"),
    "short-vague-schedule": ("多久一次", "多久一次", "how often"),
    "short-masked-year": ("年份", "年份", "the year"),
    "short-ambiguous-schedule": ("哪個時間", "哪个时间", "which time"),
    "short-placeholder": ("空白處", "空白处", "a blank"),
    # what must be filled in, by the kind of a placeholder
    "year-blank": ("年份", "年份", "the year"),
    "place": ("地名", "地名", "the place"),
    "community": ("社區名稱", "社区名称", "the community's name"),
    "name": ("姓名", "姓名", "a person's name"),
    "number-blank": ("數目", "数目", "a number"),
    "file": ("文件名稱或文號", "文件名称或文号", "a document's title or number"),
    "quote-blank": ("引文", "引文", "quoted words"),
    "blank": ("日期", "日期", "the date"),
    "unknown": ("空白處", "空白处", "a blank"),
}
_COLUMN = {"zh-Hant": 0, "zh-Hans": 1, "en": 2}


def word(key: str, language: Language, **values: object) -> str:
    """The word for `key`; a key that is not known is shown as it is, so that a new code never breaks a paper."""
    row = _WORDS.get(key)
    return row[_COLUMN[language]].format(**values) if row else key


def short_word(code: str, language: Language) -> str:
    """What an action lacks, in a word, by the reader's issue code."""
    return word(f"short-{code}" if f"short-{code}" in _WORDS else code, language)


def placeholder_word(kind: str, language: Language) -> str:
    """What is wanted at a placeholder of this kind; some kinds share their name with a column heading."""
    return word(f"{kind}-blank" if f"{kind}-blank" in _WORDS else kind, language)
