"""PDF files with text, without text, locked and broken."""

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from qingli.reading.documents import ReadError, load
from tests.reading.documents.build import pdf

PAGE = ["青竹社區居民委員會", "一、衛生清潔", "（一）每月清洗水箱一次。", "（二）每週清掃樓道。", "－ 1 －"]


def test_text_and_pages() -> None:
    document = load(pdf([["一、卫生清洁", "每月清洗水箱一次。"], ["二、绿化"]]), "plan.pdf")
    assert document.text == "一、卫生清洁\n每月清洗水箱一次。\n二、绿化\n"
    assert [(block.kind, block.page) for block in document.blocks] == [("page", 1), ("page", 2)]
    assert document.format == "pdf"


def test_running_headers_and_page_numbers_are_dropped_and_the_text_is_not() -> None:
    pages = [
        [PAGE[0], f"{number}、第{number}章", "每月清洗水箱一次。", f"第 {number} 頁 共 4 頁"] for number in range(1, 5)
    ]
    text = load(pdf(pages), "plan.pdf").text
    assert PAGE[0] not in text
    assert "頁" not in text
    # The typesetter's gap between a digit and a Chinese character comes back as a space.
    assert [f"{number}、第{number}章" in text.replace(" ", "") for number in range(1, 5)] == [True] * 4
    assert text.count("每月清洗水箱一次。") == 4


@pytest.mark.parametrize("number", ["1", "- 1 -", "— 1 —", "第1页", "1 / 2", "Page 1 of 2", "第 1 頁，共 2 頁", "·1·"])
def test_page_numbers_in_many_shapes(number: str) -> None:
    assert load(pdf([["一、甲", number], ["二、乙"]]), "a.pdf").text == "一、甲\n二、乙\n"


def test_a_page_without_text_is_told() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([PAGE, PAGE]))))
    writer.add_blank_page()
    document = load(_bytes(writer), "a.pdf")
    assert [(note.code, dict(note.facts)) for note in document.notes] == [
        ("pages-without-text", {"count": 1, "pages": 3})
    ]


def test_a_scan_has_no_text() -> None:
    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(595, 842)
    assert _refused(_bytes(writer)) == "no-text"


def test_a_locked_file_is_encrypted_and_one_locked_against_printing_only_is_read() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([PAGE]))))
    writer.encrypt("secret", algorithm="RC4-128")
    assert _refused(_bytes(writer)) == "encrypted"
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([PAGE]))))
    writer.encrypt("", "owner", algorithm="RC4-128")
    assert "清洗水箱" in load(_bytes(writer), "a.pdf").text


def test_a_file_whose_glyphs_name_no_characters_has_no_text() -> None:
    """A simple font whose codes are said to be private characters, as some programs write them."""
    document = PdfReader(io.BytesIO(pdf([["清洗水箱每月一次由物業公司負責"]])))
    writer = PdfWriter(clone_from=document)
    for page in writer.pages:
        resources: Any = page["/Resources"]
        fonts = resources["/Font"]
        for name in fonts:
            maps = fonts[name].get_object()["/ToUnicode"].get_object()
            private = re.sub(rb"> <([0-9A-Fa-f]{4})>", b"> <E001>", maps.get_data())
            maps.set_data(private)
    assert _refused(_bytes(writer)) == "no-text"


def test_broken_files() -> None:
    assert _refused(b"%PDF-1.7\nnothing") == "corrupt"
    assert _refused(pdf([PAGE])[:600]) in {"corrupt", "no-text"}


def _bytes(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _refused(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        load(data, "plan.pdf")
    return caught.value.code
