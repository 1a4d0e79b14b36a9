"""Files made for the tests: Word documents with automatic numbering, PDFs, text."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

import typst

from qingli.papers import FONTS

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_WORD_TYPE}.numbering+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD_TYPE}.styles+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_DOCUMENT_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/numbering" Target="numbering.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)


def p(text: str, num: int | str | None = None, level: int | None = 0, style: str = "", inner: str = "") -> str:
    """A paragraph; `num` and `level` make it an item of a list; `inner` is raw XML after the text."""
    properties = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    if num is not None:
        depth = f'<w:ilvl w:val="{level}"/>' if level is not None else ""
        properties += f'<w:numPr>{depth}<w:numId w:val="{num}"/></w:numPr>'
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}{inner}</w:p>"


def table(rows: Iterable[Iterable[str]]) -> str:
    """A table of cells given as raw XML."""
    body = "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    return f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="3000"/></w:tblGrid>{body}</w:tbl>'


def level(depth: int, style: str, pattern: str, start: int = 1, extra: str = "", suffix: str = "nothing") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{extra}'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val={quoteattr(pattern)}/></w:lvl>'
    )


def abstract(number: int, *levels: str, extra: str = "") -> str:
    """`extra` stands before the levels (multiLevelType) or replaces them (numStyleLink)."""
    inner = '<w:multiLevelType w:val="multilevel"/>' + extra + "".join(levels)
    return f'<w:abstractNum w:abstractNumId="{number}">{inner}</w:abstractNum>'


def num(number: int, of: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def docx(body: str, numbering: str = "", styles: str = "", parts: Mapping[str, bytes] | None = None) -> bytes:
    """A Word file of raw pieces; `numbering` is abstracts then nums."""
    files = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _RELS.encode(),
        "word/_rels/document.xml.rels": _DOCUMENT_RELS.encode(),
        "word/document.xml": _part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/numbering.xml": _part("numbering", numbering),
        "word/styles.xml": _part("styles", styles),
        **(parts or {}),
    }
    return zipped(files)


def _part(name: str, inner: str) -> bytes:
    return f"{_HEAD}<w:{name} {_NS}>{inner}</w:{name}>".encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return buffer.getvalue()


def pdf(pages: Iterable[Iterable[str]]) -> bytes:
    """A PDF with the given lines on each page, made by typst from the fonts shipped with the project."""
    body = "\n#pagebreak()\n".join("\\\n".join(_literal(line) for line in lines) for lines in pages)
    source = f'#set page(width: 21cm, height: 29.7cm)\n#set text(font: "LXGW WenKai")\n{body}'
    return bytes(typst.compile(source.encode(), font_paths=typst.Fonts(include_system_fonts=False, font_paths=[FONTS])))


def _literal(line: str) -> str:
    return '#"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"'
