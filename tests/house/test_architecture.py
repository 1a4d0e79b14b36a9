"""The doors between the rooms are locked: the house keeps its own rules, and every kind of break-in is noticed."""

import configparser
import importlib
import os
import pkgutil
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

import qingli
from tests.house import architecture

PACKAGE = Path(qingli.__file__).parent
ROOT = PACKAGE.parents[1]
CONTRACTS = ROOT / "importlinter.ini"


def test_the_house_keeps_its_rules() -> None:
    assert architecture.readable_faults(PACKAGE, settings.ROOMS) == []
    assert list(architecture.unsound_keys(settings.ROOMS)) == []


def test_rules_and_libraries_load_without_django() -> None:
    names = []
    for name in [*(f"{room}.rules" for room in settings.ROOMS), "reading", "catalogue", "savings"]:
        module = importlib.import_module(f"qingli.{name}")
        names += [module.__name__]
        names += [found.name for found in pkgutil.walk_packages(getattr(module, "__path__", []), f"{module.__name__}.")]
    assert len(names) > 6
    wanted = [name for name in names if not name.endswith("__main__")]
    code = (
        f"import importlib, sys\n[importlib.import_module(n) for n in {wanted!r}]\nassert 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)})


def test_every_room_with_tables_is_under_contract() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(CONTRACTS, encoding="utf8")
    inside = contracts["importlinter:contract:room"]["containers"].split()
    for room in settings.ROOMS:
        assert f"qingli.{room}" in inside
        tables = contracts[f"importlinter:contract:tables_{room}"]
        assert tables["protected_modules"] == f"qingli.{room}.models"
        assert tables["allowed_importers"] == f"qingli.{room}"


def test_the_settings_name_the_rooms_in_the_order_of_the_layers() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(CONTRACTS, encoding="utf8")
    layers = re.findall(r"\w+", contracts["importlinter:contract:flow"]["layers"])
    assert [room for room in reversed(layers) if room in settings.ROOMS] == list(settings.ROOMS)


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf8")
    count = len(tomllib.loads(text)["project"]["dependencies"])
    assert count <= 30
    listed = text.partition("\ndependencies = [\n")[2].partition("\n]")[0].splitlines()
    assert len(listed) == count
    assert [line for line in listed if not re.search(r'",\s+# \S', line)] == []


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source in which something can be planted."""
    folder = tmp_path_factory.mktemp("copy") / "src"
    shutil.copytree(
        PACKAGE, folder / "qingli", ignore=shutil.ignore_patterns("__pycache__", "static", "*.ttf", "*.otf")
    )
    return folder


@pytest.fixture
def plant(copy: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    place, text = request.param
    path = copy / "qingli" / place
    before = path.read_text(encoding="utf8") if path.is_file() else None
    path.write_text((before or "") + text, encoding="utf8")
    yield copy
    if before is None:
        path.unlink()
    else:
        path.write_text(before, encoding="utf8")


def environment(copy: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{copy}{os.pathsep}{ROOT}", "DJANGO_SETTINGS_MODULE": "qingli.settings"}


def lint(copy: Path) -> tuple[int, str]:
    code = "from importlinter.cli import lint_imports_command as c; c()"
    words = [sys.executable, "-P", "-c", code, "--config", str(CONTRACTS), "--no-cache"]
    done = subprocess.run(
        words, cwd=copy, env=environment(copy), capture_output=True, text=True, encoding="utf8", check=False
    )
    return done.returncode, done.stdout


def examine(copy: Path) -> str:
    words = [sys.executable, "-P", "-m", "tests.house.architecture", str(copy / "qingli")]
    done = subprocess.run(
        words, cwd=copy, env=environment(copy), capture_output=True, text=True, encoding="utf8", check=True
    )
    return done.stdout.strip()


def test_the_copy_is_sound_before_anything_is_planted(copy: Path) -> None:
    code, told = lint(copy)
    assert code == 0, told
    assert examine(copy) == ""


@pytest.mark.parametrize(
    ("plant", "contract"),
    [
        (("ground/queries/planted.py", "from qingli.plan import queries\n"), "The flow runs one way"),
        (("web/planted.py", "from qingli import desk\n"), "The flow runs one way"),
        (("lib/planted.py", "from qingli.archive import rules\n"), "The flow runs one way"),
        (("miscellaneous.py", ""), "The flow runs one way"),
        (("archive/planted.py", ""), "Inside a room"),
        (("archive/models.py", "\nfrom qingli.archive import actions\n"), "Inside a room"),
        (("desk/planted.py", "from qingli.archive.models import Entry\n"), "The tables of archive"),
        (("plan/queries/planted.py", "from qingli.ground.models import Unit\n"), "The tables of ground"),
        (("archive/rules.py", "\nimport django\n"), "plain Python"),
        (("archive/rules.py", "\nfrom qingli.lib.jobs import queue\n"), "plain Python"),
        (("catalogue/planted.py", "from django.utils import timezone\n"), "plain Python"),
        (("papers/planted.py", "from qingli.plan import actions\n"), "Numbers and papers only read"),
    ],
    ids=str,
    indirect=["plant"],
)
def test_a_break_in_is_noticed_by_the_contracts(plant: Path, contract: str) -> None:
    code, told = lint(plant)
    assert code == 1
    broken = [line for line in told.splitlines() if line.endswith("BROKEN")]
    assert any(contract in line for line in broken), told


UP = """

class Planted(models.Model):
    account = models.ForeignKey("ground.Account", models.PROTECT, related_name="+")
"""
TRACE = """

class Planted(models.Model):
    entry = models.ForeignKey("archive.Entry", models.PROTECT)
"""
CASCADE = """

class Planted(models.Model):
    entry = models.ForeignKey("archive.Entry", models.CASCADE, related_name="+")
"""


@pytest.mark.parametrize(
    ("plant", "fault"),
    [
        (("archive/models.py", UP), "points up to ground"),
        (("work/models.py", TRACE), "leaves a trace in archive"),
        (("work/models.py", CASCADE), "does not protect"),
    ],
    ids=["up", "trace", "cascade"],
    indirect=["plant"],
)
def test_an_unsound_foreign_key_is_noticed(plant: Path, fault: str) -> None:
    assert fault in examine(plant)


@pytest.mark.parametrize(
    ("plant", "fault"),
    [
        (("desk/planted.py", "def keep(row):\n    row.save()\n"), "desk/planted.py writes: save"),
        (("public/templates/public/planted.html", "{% load web proof %}"), "planted.html borrows from desk"),
        (
            ("web/templates/web/planted.html", '{% include "desk/today.html" with a=1 %}'),
            "planted.html borrows from desk",
        ),
        (("flow.py", "\n\ndef keep(rows):\n    rows.create()\n"), "flow.py writes: create"),
        (("papers/planted.py", "def keep(rows):\n    rows.bulk_create([])\n"), "papers/planted.py writes"),
        (("archive/queries/planted.py", "def keep(rows):\n    rows.delete()\n"), "queries/planted.py writes: delete"),
        (("archive/rules.py", "\n\nTODAY = datetime.now(UTC)\n"), "archive/rules.py reads the clock: now"),
        (("archive/actions/planted.py", "from qingli.lib import clock\n\nNOW = clock.now()\n"), "reads the clock"),
        (("desk/planted.py", "from django.apps import apps\n\nE = apps.get_model('archive.Entry')\n"), "by name"),
        (
            ("archive/migrations/0009_planted.py", "from qingli.archive.rules import Retention\n"),
            "imports qingli.archive",
        ),
        (("lib/planted.py", "x = 1\n" * 401), "lib/planted.py has 401 lines"),
        (("lib/planted.py", "class A:\n" + "    x = 1\n" * 200), "class A has 201 lines"),
        (("lib/planted.py", ("def f():\n" + "    x = 1\n" * 31) * 2000), "functions of ten are no longer"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
    indirect=["plant"],
)
def test_a_break_in_is_noticed_by_what_looks_further(plant: Path, fault: str) -> None:
    assert any(fault in told for told in architecture.readable_faults(plant / "qingli", settings.ROOMS))
