"""Typefaces of a Word paper. A file only names them; beside each name stand others that a machine may have instead."""

from dataclasses import dataclass
from typing import cast
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.font import CT_RPr

from qingli.papers.values import Script

TITLE, HEAD, KAI, BODY = "title", "head", "kai", "body"
_LATIN = "Times New Roman"

# (name, alternatives): title, level 1, level 2 and meta line, text.
_SIMPLIFIED = {
    TITLE: ("方正小标宋简体", "宋体,SimSun,Noto Serif CJK SC"),
    HEAD: ("黑体", "SimHei,Noto Sans CJK SC"),
    KAI: ("楷体", "KaiTi,楷体_GB2312,LXGW WenKai"),
    BODY: ("仿宋", "FangSong,仿宋_GB2312,宋体,Noto Serif CJK SC"),
}
_TRADITIONAL = {
    TITLE: ("標楷體", "DFKai-SB,BiauKai,LXGW WenKai"),
    HEAD: ("微軟正黑體", "Microsoft JhengHei,Noto Sans CJK TC"),
    KAI: ("標楷體", "DFKai-SB,BiauKai,LXGW WenKai"),
    BODY: ("標楷體", "DFKai-SB,BiauKai,LXGW WenKai"),
}


@dataclass(frozen=True, slots=True)
class Faces:
    """The typefaces for a script."""

    names: dict[str, tuple[str, str]]
    language: str
    bold_heads: bool
    """Where no typeface is customary for titles alone, they are set bold."""

    @classmethod
    def of(cls, script: Script) -> "Faces":
        return cls(_SIMPLIFIED, "zh-CN", False) if script == "zh-Hans" else cls(_TRADITIONAL, "zh-TW", True)

    def apply(self, properties: CT_RPr, face: str) -> None:
        """Name the East Asian typeface and the language, without which Word picks its own."""
        fonts = properties.get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), self.names[face][0])
        fonts.set(qn("w:ascii"), _LATIN)
        fonts.set(qn("w:hAnsi"), _LATIN)
        fonts.set(qn("w:hint"), "eastAsia")
        language = properties.find(qn("w:lang"))
        if language is None:
            language = OxmlElement("w:lang")
            properties.append(language)
        language.set(qn("w:eastAsia"), self.language)


def name_alternatives(document: Document, faces: Faces) -> None:
    """Say in the file's font table what may stand in for a typeface that a machine lacks."""
    entries = "".join(
        f'<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(others)}/><w:charset w:val="86"/></w:font>'
        for name, others in dict.fromkeys(faces.names.values())
    )
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            table = cast(Part, relation.target_part)
            table._blob = table.blob.replace(b"</w:fonts>", entries.encode() + b"</w:fonts>")
