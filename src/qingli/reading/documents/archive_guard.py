"""Zip files from strangers: bounded unpacking, and XML that is checked before anything builds a tree of it."""

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler

import defusedxml.sax
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from qingli.reading.documents.errors import ReadError

MAX_ENTRIES = 4000
MAX_PART = 32 * 1024 * 1024  # one XML part, unpacked, in bytes; a novel of 500 pages is about 8 MB
MAX_TOTAL = 96 * 1024 * 1024  # all XML parts together
MAX_DECLARED = 1024 * 1024 * 1024  # what the directory says, pictures included
MAX_RATIO = 300  # deflate reaches about 1000; real parts of Word files stay under 100
RATIO_FREE = 1024 * 1024  # parts below this size may be as dense as they like
MAX_ELEMENTS = 1_500_000
MAX_DEPTH = 250
# The two names of the same vocabulary (ISO/IEC 29500 strict and transitional).
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Package:
    """An opened zip file whose XML parts have all been checked. `ReadError`: corrupt, encrypted, zip-bomb,
    external-entities, too-complex."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._check_directory()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, OverflowError, EOFError) as error:
            raise ReadError("corrupt") from error

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._zip.namelist())

    def tree(self, name: str) -> Element | None:
        """The part as an element tree, None where the package has no such part."""
        if name not in self.names:
            return None
        try:
            root: Element = fromstring(self.read(name).replace(_STRICT, _TRANSITIONAL), forbid_dtd=True)
        except (ParseError, ValueError, LookupError) as error:
            raise ReadError("corrupt") from error
        except DefusedXmlException as error:
            raise ReadError("external-entities") from error
        return root

    def check_xml(self) -> None:
        """Stream every XML part once: no entities, no document type, bounded size, depth and number of elements."""
        total = 0
        for name in sorted(self.names):
            if name.endswith((".xml", ".rels")):
                data = self.read(name)
                total += len(data)
                if total > MAX_TOTAL:
                    raise ReadError("zip-bomb", limit=MAX_TOTAL)
                _check(data)

    def read(self, name: str, limit: int = MAX_PART) -> bytes:
        """A part's bytes, never more than `limit` of them unpacked."""
        try:
            with self._zip.open(name) as part:
                data = part.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError) as error:
            raise ReadError("corrupt") from error
        except RuntimeError as error:  # zipfile's way to ask for a password
            raise ReadError("encrypted") from error
        if len(data) > limit:
            raise ReadError("zip-bomb", limit=limit)
        return data

    def _check_directory(self) -> None:
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            raise ReadError("too-complex", entries=len(entries))
        if any(entry.flag_bits & 1 for entry in entries):
            raise ReadError("encrypted")
        if sum(entry.file_size for entry in entries) > MAX_DECLARED:
            raise ReadError("zip-bomb", limit=MAX_DECLARED)
        for entry in entries:
            if entry.file_size > RATIO_FREE and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
                raise ReadError("zip-bomb", limit=MAX_RATIO)


class _Bounds(ContentHandler):
    """Counts elements and depth while the parser streams."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self._elements = 0

    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802  (named by xml.sax)
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH or self._elements > MAX_ELEMENTS:
            raise ReadError("too-complex", elements=self._elements, depth=self._depth)

    def endElement(self, name: str) -> None:  # noqa: N802  (named by xml.sax)
        self._depth -= 1


def _check(data: bytes) -> None:
    if not data.strip():
        return
    try:
        defusedxml.sax.parseString(data, _Bounds(), forbid_dtd=True)
    except DefusedXmlException as error:
        raise ReadError("external-entities") from error
    except (SAXParseException, SAXException, ValueError, LookupError) as error:
        raise ReadError("corrupt") from error
