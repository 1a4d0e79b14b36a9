"""A Word file whose numbers stand nowhere in its text: Word's own automatic numbering, as clerks' files have it."""

import io

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_LEVELS = (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"))


def numbered_word(text: str) -> bytes:
    """`# ` lines become numbered headings 一、, `## ` lines numbered items （一）; other lines plain paragraphs."""
    document = Document()
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "90")
    for level, (form, shown) in enumerate(_LEVELS):
        abstract.append(_level(level, form, shown))
    numbering.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "90")
    number.append(_value("w:abstractNumId", "90"))
    numbering.append(number)
    for line in text.splitlines():
        marks = len(line) - len(line.lstrip("#"))
        paragraph = document.add_paragraph(line.lstrip("# "))
        if marks:
            properties = paragraph._p.get_or_add_pPr()
            numbered = OxmlElement("w:numPr")
            numbered.append(_value("w:ilvl", str(marks - 1)))
            numbered.append(_value("w:numId", "90"))
            properties.append(numbered)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _level(level: int, form: str, shown: str) -> BaseOxmlElement:
    element = OxmlElement("w:lvl")
    element.set(qn("w:ilvl"), str(level))
    for name, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", shown), ("w:lvlJc", "left")):
        element.append(_value(name, value))
    return element


def _value(name: str, value: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    return element
