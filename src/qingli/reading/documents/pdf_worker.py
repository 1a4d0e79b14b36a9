"""The process that opens a stranger's PDF: bytes on standard input, JSON on standard output.

Run by file name, so it imports nothing of the project. Prints {"pages": [text…]} or {"error": code, "facts": {…}}.
"""

import io
import json
import logging
import sys
from contextlib import suppress

MAX_PAGES = 2000
MAX_CHARACTERS = 12_000_000
MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 50


def limit_resources() -> None:
    """Memory and processor time, where the system knows such limits."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  (not on Windows)

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def read(data: bytes) -> dict[str, object]:
    """The text of every page, or why there is none."""
    from pypdf import PasswordType, PdfReader  # noqa: PLC0415  (after the limits are set)

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        return {"error": "encrypted"}
    count = len(reader.pages)
    if count > MAX_PAGES:
        return {"error": "too-complex", "facts": {"pages": count}}
    pages = []
    size = 0
    for page in reader.pages:
        text = page.extract_text()
        size += len(text)
        if size > MAX_CHARACTERS:
            return {"error": "too-complex", "facts": {"characters": size}}
        pages.append(text)
    return {"pages": pages} if pages else {"error": "no-text", "facts": {"pages": 0}}


def _why(fault: str) -> dict[str, object]:
    if fault == "DependencyError":  # a cipher that this installation cannot open
        return {"error": "encrypted"}
    if fault in ("MemoryError", "RecursionError", "LimitReachedError"):
        return {"error": "too-complex", "facts": {"format": "pdf"}}
    return {"error": "corrupt", "facts": {"format": "pdf"}}


def main() -> int:
    limit_resources()
    logging.disable(logging.CRITICAL)
    sys.setrecursionlimit(3000)
    try:
        answer = read(sys.stdin.buffer.read())
    except Exception as error:  # pypdf raises nearly anything on a broken file
        answer = _why(type(error).__name__)
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
