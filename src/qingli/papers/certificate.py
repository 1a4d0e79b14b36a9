"""A certificate of a title as PDF, with the address at which anybody can check it, also as a QR code."""

import io
import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import segno
import typst

from qingli.papers.pdf_fonts import shipped_fonts
from qingli.papers.text import printable
from qingli.papers.values import Script

_TEMPLATE = Path(__file__).parent / "certificate.typ"
_WORDS: dict[Script, dict[str, str]] = {
    "zh-Hant": {
        "heading": "證　書",
        "named": "經申報、逐級審核並公示，授予",
        "title": "稱號，特發此證。",
        "number": "編號",
        "document": "批准文件",
        "valid": "有效期",
        "no_end": "長期",
        "to": "至",
        "check": "掃碼或打開這個地址，即可查驗真偽與有效期，以查驗頁為準：",
    },
    "zh-Hans": {
        "heading": "证　书",
        "named": "经申报、逐级审核并公示，授予",
        "title": "称号，特发此证。",
        "number": "编号",
        "document": "批准文件",
        "valid": "有效期",
        "no_end": "长期",
        "to": "至",
        "check": "扫码或打开这个地址，即可查验真伪与有效期，以查验页为准：",
    },
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """What stands on a certificate. `place` are the units above, from the city down; `address` is the check page's."""

    unit: str
    place: tuple[str, ...]
    title: str
    number: str
    issuing_body: str
    document: str
    named_on: date
    valid_until: date | None
    address: str
    script: Script


def certificate_pdf(paper: Certificate) -> bytes:
    """The PDF's bytes, in the script of the unit. The same paper gives the same bytes: it is dated by its own day."""
    words = _WORDS[paper.script]
    until = _day(paper.valid_until) if paper.valid_until else words["no_end"]
    texts = {name: printable(value) for name, value in asdict(paper).items() if isinstance(value, str)}
    data = {
        **texts,
        "place": "".join(map(printable, paper.place)),
        "named_on": _day(paper.named_on),
        "valid": f"{_day(paper.named_on)}{words['to']}{until}" if paper.valid_until else until,
        "words": words,
        "qr": _qr(paper.address),
    }
    pdf = typst.compile(
        _TEMPLATE.read_bytes(),
        font_paths=shipped_fonts(),
        sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
        timestamp=datetime(paper.named_on.year, paper.named_on.month, paper.named_on.day, tzinfo=UTC),
    )
    assert isinstance(pdf, bytes)
    return pdf


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _qr(address: str) -> str:
    """The address as an SVG picture; it can be read with a quarter of it damaged."""
    drawn = io.BytesIO()
    segno.make(address, error="q", micro=False).save(drawn, kind="svg", border=0, xmldecl=False, svgns=True)
    return drawn.getvalue().decode("utf-8")
