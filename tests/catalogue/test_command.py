"""`qingli measures`."""

from pathlib import Path

import pytest

from qingli.catalogue import load_catalogue
from qingli.catalogue.types import LANGUAGES
from qingli.cli.measures import run


def test_lists_every_measure_in_three_languages(capsys: pytest.CaptureFixture[str]) -> None:
    for language in LANGUAGES:
        assert run(["--language", language]) == 0
        printed = capsys.readouterr().out
        for measure in load_catalogue().measures.values():
            assert measure.id in printed
            assert measure.names.get(language) in printed


def test_shows_one_measure(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["water-tank-cleaning"]) == 0
    printed = capsys.readouterr().out
    assert "FREQ=MONTHLY;INTERVAL=6" in printed
    assert "檢測報告" in printed
    assert run(["leading-group", "--language", "en"]) == 0
    assert "..Y-01-31" in capsys.readouterr().out


def test_tells_what_a_clause_is_taken_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--match", "每半年清洗一次水箱"]) == 0
    assert capsys.readouterr().out.splitlines()[0].split()[1] == "water-tank-cleaning"
    assert run(["--match", "努力奋斗"]) == 1


def test_refuses_unknown_ids_and_broken_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["no-such-thing"]) == 2
    assert "no-such-thing" in capsys.readouterr().err
    (tmp_path / "topics.yaml").write_text("x", encoding="utf-8")
    assert run(["--extra", str(tmp_path)]) == 2
    assert "topics.yaml:1: not-a-mapping" in capsys.readouterr().err
