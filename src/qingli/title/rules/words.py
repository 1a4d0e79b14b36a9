"""Text that applicants and offices write: whole paragraphs, cleaned line by line."""

from qingli.ground.rules import GroundError, clean_text

WORDS = 1500
LONGEST = 40_000  # what is far longer was not written into this field by hand; it is not even looked through


def clean_words(text: str, longest: int, field: str) -> str:
    """Lines trimmed, blank lines at the ends left out; may be empty. Raises what `clean_text` raises, by field."""
    if len(text) > LONGEST:
        raise GroundError("text-too-long", field)
    lines = (clean_text(line, longest, field, needed=False) for line in text.splitlines())
    cleaned = "\n".join(lines).strip("\n")
    if len(cleaned) > longest:
        raise GroundError("text-too-long", field)
    return cleaned
