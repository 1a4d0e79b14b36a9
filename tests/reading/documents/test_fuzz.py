"""Damaged files: a document or a `ReadError`, never another exception, never a hang."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingli.reading.documents import Document, ReadError, load
from tests.reading.documents.build import abstract, docx, level, num, p, pdf, table, zipped

NUMBERING = abstract(1, level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2")) + num(1, 1)
BODY = p("計劃") + p("甲", 1) + p("乙", 1, 1) + table([[p("丙", 1), p("丁")]])
WORD = docx(BODY, NUMBERING)
NAMES = st.sampled_from(["a.txt", "a.docx", "a.pdf", "a", "計劃.wps"])

quiet = settings(
    max_examples=150, deadline=15_000, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def survives(data: bytes, name: str) -> None:
    try:
        document = load(data, name)
    except ReadError:
        return
    assert isinstance(document, Document)
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        end = block.end
    document.text.encode()


def mutated(data: bytes, seed: int, count: int) -> bytes:
    chance = random.Random(seed)
    out = bytearray(data)
    for _ in range(count):
        position = chance.randrange(len(out))
        match chance.randrange(4):
            case 0:
                out[position] = chance.randrange(256)
            case 1:
                del out[position : position + chance.randrange(1, 40)]
            case 2:
                out[position:position] = out[position : position + chance.randrange(1, 40)]
            case _:
                out[position] ^= 1 << chance.randrange(8)
        if not out:
            out = bytearray(b"x")
    return bytes(out)


@quiet
@given(st.binary(max_size=3000), NAMES)
def test_any_bytes(data: bytes, name: str) -> None:
    survives(data, name)


@quiet
@given(st.text(max_size=500), st.sampled_from(["utf-8", "utf-16", "gb18030", "utf-16-le", "big5hkscs"]))
def test_any_text_in_any_encoding(text: str, codec: str) -> None:
    survives(text.encode(codec, "replace"), "a.txt")


@quiet
@given(st.integers(0, 2**32), st.integers(1, 30))
def test_damaged_word_files(seed: int, count: int) -> None:
    survives(mutated(WORD, seed, count), "a.docx")


@quiet
@given(st.integers(0, 2**32), st.integers(1, 20), st.sampled_from(["document", "numbering", "styles"]))
def test_word_files_with_damaged_xml_in_a_sound_zip(seed: int, count: int, part: str) -> None:
    original = docx_part(("document", "numbering", "styles").index(part))
    survives(docx(BODY, NUMBERING, parts={f"word/{part}.xml": mutated(original, seed, count)}), "a.docx")


def docx_part(index: int) -> bytes:
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return (
        f"<w:document {namespace}><w:body>{BODY}</w:body></w:document>",
        f"<w:numbering {namespace}>{NUMBERING}</w:numbering>",
        f'<w:styles {namespace}><w:style w:styleId="A"><w:basedOn w:val="A"/></w:style></w:styles>',
    )[index].encode()


@quiet
@given(
    st.dictionaries(
        st.sampled_from(["[Content_Types].xml", "_rels/.rels", "word/document.xml", "mimetype", "a.xml", "xl/x"]),
        st.binary(max_size=200),
        max_size=4,
    )
)
def test_any_parts_in_a_zip(files: dict[str, bytes]) -> None:
    survives(zipped(files), "a.docx")


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 60))
def test_damaged_pdf_files(seed: int, count: int) -> None:
    survives(mutated(PDF, seed, count), "a.pdf")


PDF = pdf([["一、衛生", "每月清洗水箱。"], ["二、綠化"]])
