"""Word files: paragraphs, automatic numbers, tables. Text only; what is deleted, commented or repeated on every page
(headers, footers) is not part of a plan."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from posixpath import normpath
from xml.etree.ElementTree import Element

from qingli.reading.documents.archive_guard import Package
from qingli.reading.documents.errors import ReadError
from qingli.reading.documents.model import Block, Document, Kind, Note, Writer, script_of
from qingli.reading.documents.numbering import Numbering, W

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_M_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
# Elements whose content a reader of the printed page does not see as text of this paragraph.
_SKIPPED = frozenset(
    W + name
    for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "rt", "tblPr", "tcPr", "trPr", "sdtPr")
) | {_MC + "Fallback"}
_SPACES = {W + "tab": " ", W + "ptab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_CLOSED = tuple("、．。：）】〕」，,)")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the document we are: which table cell, if any."""

    kind: Kind = "paragraph"
    table: int | None = None
    row: int | None = None
    column: int | None = None


def load_word(data: bytes, notes: tuple[Note, ...] = ()) -> Document:
    """A .docx file as a document. `ReadError`: corrupt, encrypted, zip-bomb, external-entities, too-complex,
    unsupported, no-text."""
    package = Package(data)
    main = _main_part(package)
    package.check_xml()
    root = package.tree(main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise ReadError("corrupt", format="docx")
    folder = main.rpartition("/")[0]
    numbering = Numbering(_sibling(package, folder, "numbering.xml"), _sibling(package, folder, "styles.xml"))
    reader = _Reader(numbering)
    reader.read(body)
    text = reader.writer.text()
    if not text.strip():
        raise ReadError("no-text", pages=0)
    return Document(text, tuple(reader.writer.blocks), "docx", "", script_of(text), notes)


def _main_part(package: Package) -> str:
    relations = package.tree("_rels/.rels")
    for relation in relations.iter(f"{_REL}Relationship") if relations is not None else ():
        if relation.get("Type", "").endswith("/officeDocument"):
            name = normpath(relation.get("Target", "").lstrip("/"))
            if name in package.names:
                return name
    if "word/document.xml" in package.names:
        return "word/document.xml"
    raise ReadError("corrupt", format="docx")


def _sibling(package: Package, folder: str, name: str) -> Element | None:
    return package.tree(f"{folder}/{name}" if folder else name)


class _Reader:
    """Walks the body once, in order, so that automatic numbers count as they do on the page."""

    def __init__(self, numbering: Numbering) -> None:
        self.writer = Writer()
        self._numbering = numbering
        self._paragraphs = 0
        self._tables = 0
        self._carried = ""

    def read(self, body: Element) -> None:
        for child in _flow(body):
            if child.tag == f"{W}p":
                self._paragraph(child, _Place())
            else:
                self._table(child)

    def _paragraph(self, paragraph: Element, place: _Place) -> None:
        """One paragraph as a line, then the text boxes anchored in it."""
        text = _text(paragraph)
        self._paragraphs += 1
        if _mark_deleted(paragraph):
            self._carried += text
        else:
            text, self._carried = self._carried + text, ""
            self._line(paragraph, text, place)
            if place.kind != "cell":
                self.writer.add("\n")
        for box in _text_boxes(paragraph):
            for child in _paragraphs(box):
                self._paragraph(child, replace(place, kind="textbox") if place.kind != "cell" else place)

    def _line(self, paragraph: Element, text: str, place: _Place) -> None:
        label = self._numbering.label(paragraph)
        number = label.text if label else ""
        text = text.strip() if place.kind == "cell" else text.rstrip()
        if number:
            gap = "" if not text or label is None or label.suffix == "nothing" or number.endswith(_CLOSED) else " "
            text = number + gap + text.lstrip()
        if not text.strip():
            return
        start, end = self.writer.add(text)
        depth = label.level if label else self._numbering.heading_level(paragraph)
        block = Block(
            start, end, place.kind, paragraph=self._paragraphs, table=place.table, row=place.row, column=place.column,
            number=number, number_source="automatic" if number else "typed", depth=depth,
        )  # fmt: skip
        self.writer.blocks.append(block)

    def _table(self, table: Element) -> None:
        """A row becomes a line with its cells parted by tabs; a table of one column becomes paragraphs."""
        self._tables += 1
        number = self._tables
        rows = [list(_cells(row)) for row in _rows(table)]
        framed = all(len(cells) <= 1 for cells in rows)
        for row, cells in enumerate(rows, 1):
            for index, (column, cell) in enumerate(cells):
                if index:
                    self.writer.add("\t")
                self._cell(cell, _Place("cell", number, row, column), "\n" if framed else " ")
            if cells:
                self.writer.add("\n")

    def _cell(self, cell: Element, place: _Place, joint: str) -> None:
        first = self.writer.length
        for paragraph in _paragraphs(cell):
            before = self.writer.length
            if before > first and _text(paragraph).strip():
                self.writer.add(joint)
            self._paragraph(paragraph, place)


def _flow(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables of a container in order, through content controls and inserted blocks, without a table of
    contents: that only repeats the headings."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag == f"{W}sdt":
            if not _is_contents(child):
                content = child.find(f"{W}sdtContent")
                yield from _flow(content) if content is not None else ()
        elif child.tag in (f"{W}ins", f"{W}moveTo", f"{W}smartTag", f"{W}customXml", f"{W}altChunk"):
            yield from _flow(child)
        elif child.tag == f"{_MC}AlternateContent":
            choice = child.find(f"{_MC}Choice")
            yield from _flow(choice) if choice is not None else ()


def _is_contents(control: Element) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _paragraphs(parent: Element) -> Iterator[Element]:
    """Paragraphs of a cell or a text box; a table inside is flattened into them."""
    for child in _flow(parent):
        if child.tag == f"{W}p":
            yield child
        else:
            for row in _rows(child):
                for _, cell in _cells(row):
                    yield from _paragraphs(cell)


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == f"{W}tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            yield from _rows(content) if content is not None else ()


def _cells(row: Element) -> Iterator[tuple[int, Element]]:
    """`(column from 1, cell)`; a cell over several columns stands in its first."""
    column = 1
    for child in row:
        if child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            inner = list(_cells(content)) if content is not None else []
            yield from ((column + offset - 1, cell) for offset, cell in inner)
            column += len(inner)
        elif child.tag == f"{W}tc":
            yield column, child
            span = child.find(f"{W}tcPr/{W}gridSpan")
            width = span.get(f"{W}val", "1") if span is not None else "1"
            column += int(width) if width.isdecimal() and 0 < int(width[:4]) < 100 else 1


def _mark_deleted(paragraph: Element) -> bool:
    """Whether the paragraph's end was deleted in a revision, so that it runs on into the next one."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _text(element: Element) -> str:
    """The visible text of a paragraph without its text boxes. Recursion is bounded by the guard's depth limit."""
    parts: list[str] = []
    for child in element:
        tag = child.tag
        if tag in (f"{W}t", _M_TEXT):
            parts.append(child.text or "")
        elif tag in _SPACES:
            parts.append("" if child.get(f"{W}type") in ("page", "column") else _SPACES[tag])
        elif tag == f"{W}r" and _hidden(child):
            continue
        elif tag not in _SKIPPED and tag != f"{W}txbxContent":
            parts.append(_text(child))
    return "".join(parts)


def _hidden(run: Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off")


def _text_boxes(paragraph: Element) -> Iterator[Element]:
    """Outermost text boxes of a paragraph, each once: the fallback for older readers repeats them."""
    for child in paragraph:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag not in _SKIPPED:
            yield from _text_boxes(child)
