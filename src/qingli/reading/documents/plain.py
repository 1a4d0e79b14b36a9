"""Text files: which encoding, and is it text at all?

GB18030 gives a character for almost any bytes, so "it decodes" proves nothing. What tells the encodings apart is
whether the characters are ones that people use: about half of any Chinese text is made of the two hundred commonest.
"""

import codecs
import re

from qingli.reading.documents.errors import ReadError
from qingli.reading.documents.model import Document, Note, lines_as_blocks, script_of

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_COMMON = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過"
    "发發后後作里裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心"
    "她本前开開但因只从從想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外将將两兩高间間"
    "由问問很最重并並物手应應战戰向头頭文体體政美相见見被利什二等产產或新己制身果加西斯月话話合回特代内內信表化老给給世位次"
    "度门門任常先海通教儿兒原东東声聲提立及比员員解水名真论論处處走义義各入几幾口认認条條平系气氣题題活尔爾更别打女变變四"
    "社区區环環境保卫衛清洁潔计計划劃责責垃圾居民绿綠宣传傳检檢查每季周週底组組织織垃圾分類类物業业一二三四五六七八九十"
    "，。、；：？！（）「」《》“”0123456789"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_DAMAGE_ALLOWED = 0.005
_SAMPLE = 400_000


def load_text(data: bytes) -> Document:
    """A text file as a document. `ReadError`: empty, binary."""
    text, encoding = decode(data)
    return document_of(text, encoding)


def document_of(text: str, encoding: str = "") -> Document:
    """Decoded or pasted text as a document. `ReadError`: empty, binary."""
    # Half a surrogate pair cannot be stored or sent on.
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").replace("\x0b", "\n")
    if len(_CONTROL.findall(text[:_SAMPLE])) > max(3, len(text[:_SAMPLE]) // 200):
        raise ReadError("binary")
    text = _CONTROL.sub(" ", text)
    if not text.strip("\ufeff\u200b \t\n\u3000\xa0\ufffd"):
        raise ReadError("empty")
    damaged = text.count("\ufffd")
    notes = (Note("damaged-characters", (("count", damaged),)),) if damaged else ()
    return Document(text, tuple(lines_as_blocks(text)), "txt", encoding, script_of(text), notes)


def decode(data: bytes) -> tuple[str, str]:
    """The text of some bytes and the encoding it was written in."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, "replace"), name
    if b"\x00" in data:
        return _without_bom(data), "utf-16"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _best(data)


def _without_bom(data: bytes) -> str:
    """UTF-16 that lost its mark; anything else with zero bytes is not text."""
    sample = data[: _SAMPLE & ~1]
    for name in ("utf-16-le", "utf-16-be"):
        text = sample.decode(name, "replace")
        if not _CONTROL.search(text) and _plausibility(text) > 0.3:
            return data.decode(name, "replace")
    raise ReadError("binary")


def _best(data: bytes) -> tuple[str, str]:
    sample = data[:_SAMPLE]
    scored = []
    for rank, name in enumerate(("utf-8", "gb18030", "big5hkscs")):
        text = sample.decode(name, "replace")
        damage = text.count("\ufffd") / max(1, sum(character > "\x7f" for character in text))
        if damage <= _DAMAGE_ALLOWED or text.count("\ufffd") <= 1:
            scored.append((_plausibility(text) - damage, -rank, name))
    if not scored:
        raise ReadError("binary")
    plausibility, _, name = max(scored)
    if plausibility < 0.1:
        raise ReadError("binary")
    return data.decode(name, "replace"), name


def _plausibility(text: str) -> float:
    """Share of the characters beyond ASCII that are common in Chinese text, 0 to 1."""
    foreign = [character for character in text if character > "\x7f"]
    if not foreign:
        return 1.0
    return sum(character in _COMMON for character in foreign) / len(foreign)
