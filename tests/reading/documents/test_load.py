"""The door: size, kinds, hostile files."""

import io
import os
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from qingli.reading.documents import ReadError, load, load_file
from qingli.reading.documents import office as office_module
from tests.reading.documents.build import docx, p, zipped

ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&x;</w:t>'
    b"</w:r></w:p></w:body></w:document>"
)
LAUGHS = b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>'


def refused(data: bytes | Path, name: str = "plan.docx") -> str:
    with pytest.raises(ReadError) as caught:
        load(data, name)
    return caught.value.code


def test_half_a_gigabyte_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(500 * 1024 * 1024)
    started = time.process_time()
    assert refused(path) == "too-large"
    assert time.process_time() - started < 0.5


def test_a_file_on_disk_is_read_and_a_missing_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "計劃.docx"
    path.write_bytes(docx(p("一、甲")))
    assert load_file(path).text == "一、甲\n"
    assert refused(tmp_path / "none.txt") == "missing"
    assert refused(tmp_path) == "missing"


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/styles.xml", "docProps/app.xml", "word/_rels/document.xml.rels"]
)
def test_external_entities_are_refused_in_every_part(part: str) -> None:
    assert refused(docx(p("甲"), parts={part: ENTITY})) == "external-entities"


def test_entities_that_multiply_are_refused() -> None:
    assert refused(docx(p("甲"), parts={"word/comments.xml": LAUGHS})) == "external-entities"


def test_a_zip_bomb_is_refused_without_unpacking_it() -> None:
    bomb = docx(p("甲"), parts={"word/document.xml": b"<w>" + b" " * 200_000_000})
    assert len(bomb) < 1_000_000
    started = time.process_time()
    assert refused(bomb) == "zip-bomb"
    assert time.process_time() - started < 2


def test_a_zip_that_lies_about_its_sizes_is_refused() -> None:
    data = bytearray(docx(p("甲"), parts={"word/document.xml": b"<w>" + b" " * 200_000_000}))
    name = b"word/document.xml"
    offset = data.rindex(name) - 46  # central directory entry
    struct.pack_into("<I", data, offset + 24, 500)
    assert refused(bytes(data)) in {"corrupt", "zip-bomb"}


def test_too_many_parts_and_too_deep_xml_are_refused() -> None:
    assert refused(zipped({f"word/{index}.bin": b"" for index in range(5000)})) == "too-complex"
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    assert refused(docx(p("甲"), parts={"word/document.xml": deep})) == "too-complex"


def test_a_locked_zip_and_a_locked_word_file_are_told_as_encrypted() -> None:
    data = bytearray(docx(p("甲")))
    for offset in [index for index in range(len(data)) if data[index : index + 4] == b"PK\x01\x02"]:
        data[offset + 8] |= 1
    assert refused(bytes(data)) == "encrypted"
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    assert refused(locked) == "encrypted"


def test_a_locked_opendocument_file_is_told_as_encrypted() -> None:
    manifest = b'<m:manifest xmlns:m="urn:m"><m:encryption-data/></m:manifest>'
    kind = b"application/vnd.oasis.opendocument.text"
    assert refused(zipped({"mimetype": kind, "META-INF/manifest.xml": manifest})) == "encrypted"


def test_other_office_files_are_told_apart() -> None:
    kinds = {"[Content_Types].xml": b"<Types/>"}
    assert refused(zipped({**kinds, "xl/workbook.xml": b"<x/>"})) == "unsupported"
    assert refused(zipped({**kinds, "ppt/presentation.xml": b"<x/>"})) == "unsupported"
    assert refused(zipped({"plan.txt": b"x"})) == "unsupported"
    assert refused(zipped({**kinds, "docProps/app.xml": b"<x/>"})) == "corrupt"


def test_a_truncated_word_file_is_corrupt() -> None:
    data = docx(p("一、甲"))
    assert refused(data[: len(data) // 2]) == "corrupt"
    assert refused(docx(p("甲"), parts={"word/document.xml": b"<w:document"})) == "corrupt"


def test_an_empty_word_file_has_no_text() -> None:
    assert refused(docx(p(""))) == "no-text"


def test_without_libreoffice_the_error_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReadError) as caught:
        load(b"{\\rtf1\\ansi plan}", "plan.rtf")
    assert caught.value.code == "needs-libreoffice"
    assert caught.value.facts == {"format": "rtf"}


@pytest.mark.skipif(os.name == "nt", reason="uses a shell script as a stand-in for a program that hangs")
def test_a_converter_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    started = time.monotonic()
    with pytest.raises(ReadError) as caught:
        office_module.convert(b"{\\rtf1 x}", "rtf", seconds=1)
    assert caught.value.code == "timeout"
    assert time.monotonic() - started < 20


@pytest.mark.skipif(sys.platform != "linux", reason="measures the memory of a process as Linux reports it")
def test_memory_stays_bounded_for_the_largest_part_allowed() -> None:
    """A Word file of two million short paragraphs is refused or read within 1.5 GB."""
    script = (
        "import resource, sys; from qingli.reading.documents import load, ReadError\n"
        "from tests.reading.documents.build import docx\n"
        "data = docx('<w:p/>' * 2_000_000)\n"
        "try: load(data, 'a.docx')\n"
        "except ReadError as error: print(error.code, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    root = Path(__file__).resolve().parents[3]
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    code, kilobytes = done.stdout.split()
    assert code in {"too-complex", "zip-bomb", "no-text"}
    assert int(kilobytes) < 1_500_000


def test_zip64_and_stored_parts_are_read() -> None:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx(p("一、甲")))) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as target,
    ):
        for name in source.namelist():
            with target.open(name, "w", force_zip64=True) as part:
                part.write(source.read(name))
    assert load(buffer.getvalue(), "a.docx").text == "一、甲\n"
