"""A half-year report as PDF, set by typst with the shipped font; every linked figure can be tapped."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from qingli.papers.half_year_shape import Block, HalfYearPaper, Table, Words
from qingli.papers.pdf_fonts import shipped_fonts
from qingli.papers.plan_pdf import clean
from qingli.papers.words import word

_TEMPLATE = Path(__file__).parent / "half_year.typ"


def half_year_pdf(paper: HalfYearPaper, *, made: datetime | None = None) -> bytes:
    """The PDF's bytes. `made` (aware) is the moment that the file names as its creation; None leaves a fixed one."""
    data = clean(asdict(paper)) | {
        "page": word("page", paper.language, page="{page}", pages="{pages}"),
        "parts": [
            {"heading": clean(part.heading), "blocks": [_block(block) for block in part.blocks]} for part in paper.parts
        ],
    }
    pdf = typst.compile(
        _TEMPLATE.read_bytes(),
        font_paths=shipped_fonts(),
        sys_inputs={"paper": json.dumps(data, ensure_ascii=False, default=str)},
        timestamp=(made or datetime(2000, 1, 1, tzinfo=UTC)).replace(microsecond=0),
    )
    assert isinstance(pdf, bytes)
    return pdf


def _block(block: Block) -> dict[str, Any]:
    kind = "table" if isinstance(block, Table) else "words" if isinstance(block, Words) else "sentence"
    return {"kind": kind, **clean(asdict(block))}
