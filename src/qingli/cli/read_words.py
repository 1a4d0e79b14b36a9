"""What `qingli read` says, in the three languages."""

from typing import Literal

Language = Literal["zh-Hant", "zh-Hans", "en"]
_COLUMN = {"zh-Hant": 0, "zh-Hans": 1, "en": 2}

# key: zh-Hant, zh-Hans, en
_SENTENCES: dict[str, tuple[str, str, str]] = {
    "error": ("讀不了「{name}」：{why}", "读不了“{name}”：{why}", "Cannot read {name}: {why}"),
    "cannot-write": (
        "寫不進「{name}」，沒有寫出任何檔案。請換一個資料夾或檔名。",
        "写不进“{name}”，没有写出任何文件。请换一个文件夹或文件名。",
        "cannot write {name}; nothing was written. Choose another folder or name.",
    ),
    "same-file": (
        "輸出檔與原檔是同一個檔案，未寫出。請換一個檔名。",
        "输出文件与原文件是同一个文件，未写出。请换一个文件名。",
        "the output would replace the file that is read. Choose another name.",
    ),
    "empty": ("檔案是空的。", "文件是空的。", "the file is empty."),
    "missing": (
        "找不到這個檔案，或沒有權限打開。",
        "找不到这个文件，或没有权限打开。",
        "no such file, or it may not be opened.",
    ),
    "too-large": (
        "檔案有 {size_mb} MB，上限是 {limit_mb} MB。請刪去圖片或分成幾份。",
        "文件有 {size_mb} MB，上限是 {limit_mb} MB。请删去图片或分成几份。",
        "the file has {size_mb} MB; the limit is {limit_mb} MB. Take out pictures or split it.",
    ),
    "binary": (
        "這不是文字檔。可以讀 Word（.docx）、帶文字的 PDF 和純文字（.txt）。",
        "这不是文本文件。可以读 Word（.docx）、带文字的 PDF 和纯文本（.txt）。",
        "this is not text. Word (.docx), PDF with text and plain text (.txt) can be read.",
    ),
    "unsupported": (
        "不讀這一類檔案。請改存為 Word（.docx）、帶文字的 PDF 或純文字（.txt），也可以把文字貼進 .txt。",
        "不读这一类文件。请改存为 Word（.docx）、带文字的 PDF 或纯文本（.txt），也可以把文字贴进 .txt。",
        "this kind of file is not read. Save it as Word (.docx), PDF with text or plain text (.txt).",
    ),
    "encrypted": (
        "檔案有密碼。請先取消密碼再試。",
        "文件有密码。请先取消密码再试。",
        "the file is locked with a password. Remove the password first.",
    ),
    "corrupt": (
        "檔案已損壞，打不開。請用 Word 或 WPS 打開後另存一份再試。",
        "文件已损坏，打不开。请用 Word 或 WPS 打开后另存一份再试。",
        "the file is broken. Open it in Word or WPS, save a copy and try that.",
    ),
    "zip-bomb": (
        "檔案解開後大得不正常，已停止讀取。",
        "文件解开后大得不正常，已停止读取。",
        "the file unpacks to an abnormal size; reading was stopped.",
    ),
    "external-entities": (
        "檔案要求引用外部內容，為安全起見不讀。請另存一份再試。",
        "文件要求引用外部内容，为安全起见不读。请另存一份再试。",
        "the file asks for outside content and is not read, for safety. Save a copy and try that.",
    ),
    "too-complex": (
        "檔案的結構過於複雜，已停止讀取。請只留計劃的文字再試。",
        "文件的结构过于复杂，已停止读取。请只留计划的文字再试。",
        "the file is too complex; reading was stopped. Keep only the plan's text and try again.",
    ),
    "no-text": (
        "檔案裡沒有文字，可能是掃描件或圖片。請先做文字辨識，或找原來的 Word 檔。",
        "文件里没有文字，可能是扫描件或图片。请先做文字识别，或找原来的 Word 文件。",
        "there is no text in the file; it may be a scan. Recognise its text first, or find the original Word file.",
    ),
    "needs-libreoffice": (
        "讀 .{format} 檔要先安裝 LibreOffice。也可以用 Word 或 WPS 另存為 .docx 再試。",
        "读 .{format} 文件要先安装 LibreOffice。也可以用 Word 或 WPS 另存为 .docx 再试。",
        "reading .{format} needs LibreOffice. Or save it as .docx with Word or WPS.",
    ),
    "conversion-failed": (
        "LibreOffice 打不開這個 .{format} 檔。請用 Word 或 WPS 另存為 .docx 再試。",
        "LibreOffice 打不开这个 .{format} 文件。请用 Word 或 WPS 另存为 .docx 再试。",
        "LibreOffice cannot open this .{format} file. Save it as .docx with Word or WPS.",
    ),
    "timeout": (
        "讀了 {seconds} 秒還沒有讀完，已停止。請只留計劃的文字再試。",
        "读了 {seconds} 秒还没有读完，已停止。请只留计划的文字再试。",
        "not finished after {seconds} seconds; reading was stopped. Keep only the plan's text and try again.",
    ),
    "not-a-plan": (
        "讀完了，但沒有讀到工作計劃：幾乎沒有帶時間、數量或責任人的措施。請確認選對了檔案。",
        "读完了，但没有读到工作计划：几乎没有带时间、数量或责任人的措施。请确认选对了文件。",
        "this was read, and holds no work plan: hardly any action with a time, number or person. Is it the right file?",
    ),
    "several-plans": (
        "檔案裡有 {count} 份計劃。請用 --plan 指定一份，例如 --plan 1。",
        "文件里有 {count} 份计划。请用 --plan 指定一份，例如 --plan 1。",
        "the file holds {count} plans. Say which with --plan, such as --plan 1.",
    ),
    "no-such-plan": (
        "檔案裡只有 {count} 份計劃。",
        "文件里只有 {count} 份计划。",
        "the file holds only {count} plans.",
    ),
    "no-year": (
        "計劃沒有寫明年份，排不出日期。請用 --year 指定，例如 --year 2027。",
        "计划没有写明年份，排不出日期。请用 --year 指定，例如 --year 2027。",
        "the plan names no year, so there are no dates. Say it with --year, such as --year 2027.",
    ),
    "no-dates": (
        "計劃裡沒有可以排進日曆的日期。",
        "计划里没有可以排进日历的日期。",
        "nothing in the plan falls on a date.",
    ),
    "damaged-characters": (
        "注意：有 {count} 個字已損壞，顯示為 �。",
        "注意：有 {count} 个字已损坏，显示为 �。",
        "Note: {count} characters are damaged and shown as �.",
    ),
    "pages-without-text": (
        "注意：{pages} 頁中有 {count} 頁沒有文字（可能是掃描頁），未讀。",
        "注意：{pages} 页中有 {count} 页没有文字（可能是扫描页），未读。",
        "Note: {count} of {pages} pages hold no text (scans, perhaps) and were not read.",
    ),
    "converted": (
        "注意：經 LibreOffice 由 .{from} 轉換後讀取。",
        "注意：经 LibreOffice 由 .{from} 转换后读取。",
        "Note: read after LibreOffice converted it from .{from}.",
    ),
    "wrote": ("已寫出 {name}", "已写出 {name}", "Wrote {name}"),
    "summary": (
        "{plans} 份計劃，{families} 類，{actions} 項措施",
        "{plans} 份计划，{families} 类，{actions} 项措施",
        "Plans: {plans}, families: {families}, actions: {actions}",
    ),
    "family": (
        "第 {number} 類　共 {count} 份：{plans}",
        "第 {number} 类　共 {count} 份：{plans}",
        "Family {number} ({count}): {plans}",
    ),
    "plan": ("計劃 {number}　{title}", "计划 {number}　{title}", "Plan {number}  {title}"),
    "copy": ("與計劃 {number} 相近", "与计划 {number} 相近", "much like plan {number}"),
    "counts": (
        "{outline} 個條目，{actions} 項措施，{lacking} 項待補充",
        "{outline} 个条目，{actions} 项措施，{lacking} 项待补充",
        "{outline} items, {actions} actions, {lacking} of them incomplete",
    ),
    "questions": ("要問清的：", "要问清的：", "To be asked: "),
    "unread": ("沒有讀懂的時間：", "没有读懂的时间：", "Times that were not understood: "),
}


def say(key: str, language: Language, **facts: object) -> str:
    """The sentence for `key` with its facts filled in."""
    return _SENTENCES[key][_COLUMN[language]].format(**facts)


def knows(key: str) -> bool:
    return key in _SENTENCES
