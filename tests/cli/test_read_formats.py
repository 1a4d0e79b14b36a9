"""The same plan in four kinds of files is the same plan."""

import json
from pathlib import Path

import pytest

from qingli.cli.read import run
from tests.reading.documents.build import abstract, docx, level, num, p, pdf

TITLE = "青竹社區2027年上半年環境保護工作計劃"
ITEMS = (
    (0, "衛生清潔"),
    (1, "物業公司每半年清洗二次供水水箱一次，5月底前完成。"),
    (1, "各棟樓長每週五清掃樓道，並做好登記。"),
    (0, "宣傳教育"),
    (1, "6月5日世界環境日在廣場辦一次宣傳活動，發放資料300份。"),
)
NUMBERS = ("一、", "（一）", "（二）", "二、", "（一）")
LINES = [TITLE, *(number + text for number, (_, text) in zip(NUMBERS, ITEMS, strict=True))]
NUMBERING = abstract(1, level(0, "chineseCountingThousand", "%1、"), level(1, "chineseCounting", "（%2）")) + num(1, 1)


def made(kind: str) -> bytes:
    match kind:
        case "docx":
            return docx(p(TITLE) + "".join(p(text, 1, depth) for depth, text in ITEMS), NUMBERING)
        case "pdf":
            return pdf([LINES[:4], LINES[4:]])
        case _:
            return "\n".join(LINES).encode(kind)


@pytest.mark.parametrize("kind", ["utf-8", "big5", "gb18030", "docx", "pdf"])
def test_outline_times_and_people_are_the_same(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan"
    path.write_bytes(made(kind))
    assert run([str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (plan,) = found["plans"]
    assert [item["number"] for item in plan["outline"]] == list(NUMBERS)
    assert [item["level"] for item in plan["outline"]] == [1, 2, 2, 1, 2]
    times = {hit["surface"].replace(" ", "") for hit in plan["schedule"]}
    assert {"每半年", "5月底前", "每週五"} <= times
    assert {hit["surface"] for hit in plan["actors"]} >= {"物業公司", "各棟樓長"}
    assert "300份" in {hit["surface"].replace(" ", "")[-4:] for hit in plan["quantities"]}
    text = found.get("text", "\n".join(LINES))
    for hit in plan["schedule"] + plan["actors"] + plan["quantities"]:
        assert text[hit["offset"] : hit["offset"] + len(hit["surface"])] == hit["surface"]
