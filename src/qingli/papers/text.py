"""Text that a file can hold."""

import re

# What XML 1.0 cannot hold: control characters, halves of surrogate pairs, two that are no characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without what neither a page nor an XML file can hold; line ends and tabs stay."""
    return _UNPRINTABLE.sub("", text)
