"""Text files in the encodings that people send."""

import codecs
import time

import pytest

from qingli.reading.documents import LIMIT, ReadError, load, load_pasted

TRADITIONAL = "青竹社區下半年環境保護工作計劃\n一、衛生清潔\n（一）每月清洗水箱一次，由物業公司負責，10月底前完成。\n"
SIMPLIFIED = "青竹社区下半年环境保护工作计划\n一、卫生清洁\n（一）每月清洗水箱一次，由物业公司负责，10月底前完成。\n"


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "utf-8-sig", "utf-8-sig"),
        (TRADITIONAL, "utf-16", "utf-16"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gb2312", "gb18030"),
        (SIMPLIFIED, "utf-16-le", "utf-16"),
        (SIMPLIFIED, "utf-8", "utf-8"),
    ],
)
def test_each_encoding_gives_the_text_back(text: str, codec: str, encoding: str) -> None:
    document = load(text.encode(codec), "plan.txt")
    assert document.text == text
    assert document.encoding == encoding
    assert document.script == ("zh-Hant" if text is TRADITIONAL else "zh-Hans")


def test_every_single_line_keeps_its_encoding(shared_lines: list[str]) -> None:
    """Short texts are where encodings are confused: each real line by itself, in Big5 and in GB18030."""
    wrong = []
    for line in shared_lines:
        for codec, encoding in (("big5", "big5hkscs"), ("gb18030", "gb18030")):
            try:
                data = line.encode(codec)
            except UnicodeEncodeError:
                continue
            document = load(data, "line.txt")
            if (document.text, document.encoding) != (line, encoding):
                wrong.append((codec, line))
    assert len(wrong) <= len(shared_lines) // 100, wrong[:5]


def test_big_endian_and_line_ends() -> None:
    data = codecs.BOM_UTF16_BE + "一、甲\r\n二、乙\r三、丙".encode("utf-16-be")
    assert load(data, "a.txt").text == "一、甲\n二、乙\n三、丙"


def test_one_broken_byte_is_told_and_the_rest_is_read() -> None:
    data = bytearray((TRADITIONAL * 20).encode())
    data[301] = 0xFF
    document = load(bytes(data), "a.txt")
    assert document.encoding == "utf-8"
    assert [note.code for note in document.notes] == ["damaged-characters"]
    assert document.text.count("衛生清潔") >= 19


def test_blocks_are_the_lines_that_hold_something() -> None:
    document = load_pasted("甲\n\n　\n乙\n")
    assert [document.text[block.start : block.end] for block in document.blocks] == ["甲", "乙"]
    assert [block.paragraph for block in document.blocks] == [1, 4]
    found = document.block_at(document.text.index("乙"))
    assert found is not None
    assert found.paragraph == 4
    assert document.block_at(1) is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"  \n\t \r\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        ("\u3000\u200b\n".encode(), "empty"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x00\x01\x02\x03" * 500, "binary"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "unsupported"),
        (b"MZ\x90\x00" + b"\x00" * 100, "unsupported"),
        (b"Rar!\x1a\x07" + b"\x01" * 100, "unsupported"),
        ("<!DOCTYPE html><html><body>一、計劃</body></html>".encode(), "unsupported"),
    ],
)
def test_what_is_not_a_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        load(data, "plan.txt")
    assert caught.value.code == code


def test_text_that_starts_like_a_program_is_text() -> None:
    assert load("BM廣場環境整治計劃".encode(), "a.txt").text.startswith("BM廣場")


def test_one_line_of_a_million_characters_is_read_quickly() -> None:
    started = time.process_time()
    document = load("清".encode() * 1_000_000, "a.txt")
    assert len(document.text) == 1_000_000
    assert time.process_time() - started < 3


def test_pasted_text_with_half_a_surrogate_pair_can_be_stored() -> None:
    assert load_pasted("計劃\ud83d表").text.encode() == "計劃?表".encode()


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(ReadError) as caught:
        load(b"a" * (LIMIT + 1), "a.txt")
    assert caught.value.code == "too-large"
    assert caught.value.facts == {"size": LIMIT + 1, "limit": LIMIT}
