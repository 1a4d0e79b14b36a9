"""One spelling for comparison: Simplified, half-width, lower case, without spaces and quotation marks."""

from functools import lru_cache
from typing import Protocol

import opencc


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


# What OpenCC's t2s leaves alone, as far as plans use it.
_VARIANTS = {"衞": "卫", "裡": "里", "着": "着", "著": "着", "帐": "账", "羣": "群", "爲": "为", "汙": "污", "嘅": "的"}
_DROPPED = " \t\r\n\u3000\u00a0\u200b\u200c\u200d\ufeff“”‘’「」『』《》\"'*_"
_TABLE: dict[int, str | None] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{ord(old): new for old, new in _VARIANTS.items()},
    **{ord(dropped): None for dropped in _DROPPED},
}


@lru_cache(maxsize=1)
def _converter() -> _Converter:
    converter: _Converter = opencc.OpenCC("t2s")
    return converter


def normalise(text: str) -> str:
    """`text` in the spelling that the vocabulary is written in. Lengths may change: not for offsets."""
    return _converter().convert(text).translate(_TABLE).lower()
