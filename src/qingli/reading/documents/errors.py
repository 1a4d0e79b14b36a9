"""Why a file could not be read."""

from typing import Literal

Code = Literal[
    "empty",  # nothing but blanks
    "missing",  # there is no such file, or it may not be opened
    "too-large",  # size, limit: bytes
    "binary",  # not text, and no format that is known
    "unsupported",  # format: a known kind of file that holds no plan text (a picture, a spreadsheet, an archive)
    "encrypted",  # a password is needed
    "corrupt",  # says that it is a Word or PDF file, and is broken
    "zip-bomb",  # unpacks to far more than its size
    "external-entities",  # XML that asks for other files or defines entities
    "too-complex",  # so many parts, pages or levels that nobody wrote it by hand
    "no-text",  # pages: a scan, or a file of pictures
    "needs-libreoffice",  # format: can be read where LibreOffice is installed
    "conversion-failed",  # format: LibreOffice could not open it
    "timeout",  # seconds: took too long
]


class ReadError(Exception):
    """A file that cannot be read: a code of `Code` and its figures. Faces turn it into a sentence."""

    def __init__(self, code: Code, **facts: str | int) -> None:
        super().__init__(code, facts)
        self.code: Code = code
        self.facts = facts

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{name}={value}" for name, value in self.facts.items())])
