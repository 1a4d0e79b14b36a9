"""Files to text: `load` turns what people send (.txt .docx .pdf, and with LibreOffice .doc .odt .wps .rtf) into one
text and a map of where each stretch came from. Bad input gives a `ReadError` with a code; nothing hangs, and nothing is
unpacked without a bound."""

from qingli.reading.documents.errors import ReadError
from qingli.reading.documents.load import LIMIT, load, load_file, load_pasted
from qingli.reading.documents.model import Block, Document, Note

__all__ = ["LIMIT", "Block", "Document", "Note", "ReadError", "load", "load_file", "load_pasted"]
