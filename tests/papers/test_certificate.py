"""The certificate: one page in the unit's script, with a code that leads to the page where it is checked."""

import io
from dataclasses import replace
from datetime import date

import pdfplumber
import pytest
import segno

from qingli.papers import Certificate, certificate_pdf

ADDRESS = "https://qingli.example/titles/2026-0003-1/"
PAPER = Certificate(
    unit="杏林社區",
    place=("青江市", "南湖區", "鶴林街道"),
    title="綠色社區",
    number="2026-0003-1",
    issuing_body="青江市環境保護委員會",
    document="青政函〔2025〕41號",
    named_on=date(2026, 6, 9),
    valid_until=date(2029, 6, 8),
    address=ADDRESS,
    script="zh-Hant",
)


def words_of(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
        page = opened.pages[0]
        assert (round(page.width), round(page.height)) == (842, 595)
        return "".join((page.extract_text() or "").split())


def test_everything_that_a_certificate_needs_stands_on_one_page() -> None:
    words = words_of(certificate_pdf(PAPER))
    for part in (
        "證書", "杏林社區", "青江市南湖區鶴林街道", "「綠色社區」", "2026-0003-1", "青江市環境保護委員會",
        "青政函〔2025〕41號", "2026年6月9日至2029年6月8日", ADDRESS,
    ):  # fmt: skip
        assert part in words, part


def test_the_script_is_the_units_own() -> None:
    words = words_of(certificate_pdf(replace(PAPER, script="zh-Hans", valid_until=None)))
    assert "证书" in words
    assert "有效期长期" in words
    assert "證" not in words


@pytest.mark.parametrize("name", ["#set page(width: 1mm)", "$x^2$ *粗* `碼` \\ </svg>", "長" * 80])
def test_a_strange_or_long_name_is_only_a_name(name: str) -> None:
    words = words_of(certificate_pdf(replace(PAPER, unit=name, title=name, issuing_body=name, document=name)))
    assert "".join(name.split()) in words


def test_the_same_title_gives_the_same_bytes() -> None:
    assert certificate_pdf(PAPER) == certificate_pdf(PAPER)


def test_the_code_is_the_address() -> None:
    """Drawn at 150 dots an inch and compared square by square with the code of the address."""
    with pdfplumber.open(io.BytesIO(certificate_pdf(PAPER))) as opened:
        picture = opened.pages[0].to_image(resolution=150).original.convert("L")
    dark = picture.point(lambda light: 0 if light < 128 else 255)
    wanted = [list(row) for row in segno.make(ADDRESS, error="q", micro=False).matrix]
    left, bottom, side = 40 / 25.4 * 150, picture.height - 26 / 25.4 * 150, 29 / 25.4 * 150
    square = side / len(wanted)
    seen = [
        [
            int(dark.getpixel((int(left + (x + 0.5) * square), int(bottom - side + (y + 0.5) * square))) == 0)
            for x in range(len(wanted))
        ]
        for y in range(len(wanted))
    ]
    assert seen == wanted
