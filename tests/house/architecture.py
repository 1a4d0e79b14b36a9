"""What import contracts cannot show, for any copy of the package: `python -m tests.house.architecture FOLDER`.

FOLDER is the package's own folder (…/src/qingli), which must be the one that Python imports. Faults, one a line.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

FACES = ("desk", "field", "public", "api", "web")
ORM_WRITES = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "acreate", "asave", "adelete"}
# Word and Excel documents are saved too, so these two names are looked for only where no document is made.
WRITES = ORM_WRITES | {"save", "delete", "create", "select_for_update"}
CLOCKS = {"now", "today", "utcnow", "localdate", "localtime", "time_ns", "monotonic", "machine"}
FILE_LINES, CLASS_LINES, FUNCTION_LINES = 400, 200, 30


def sources(root: Path, part: str, *owners: str) -> list[Path]:
    """Files of a part of the house, whether it is one file or a package; migrations left out."""
    found: list[Path] = []
    for owner in owners:
        base = root / owner / part if part else root / owner
        found += [base.with_suffix(".py")] if base.with_suffix(".py").is_file() else sorted(base.rglob("*.py"))
    return [path for path in found if "migrations" not in path.relative_to(root).parts]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf8"), str(path))


def called(path: Path) -> Iterator[str]:
    """The names of everything that is called: `x.save()` is `save`."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def bad_manners(root: Path, rooms: tuple[str, ...]) -> Iterator[str]:
    """Writes where one only reads, clocks where the time is told, models by the back door."""
    rules = [
        ("writes", WRITES, [*sources(root, "", *FACES, "flow"), *sources(root, "queries", *rooms)]),
        ("writes", ORM_WRITES, sources(root, "", "insight", "papers", "cli")),
        ("reads the clock", CLOCKS, [path for part in PARTS for path in sources(root, part, *rooms)]),
        ("gets a model by name", {"get_model"}, sources(root, "", *FACES, "insight", "papers", "flow", *rooms)),
    ]
    for fault, banned, files in rules:
        for path in files:
            yield from (f"{path.relative_to(root)} {fault}: {name}" for name in called(path) if name in banned)


PARTS = ("rules", "models", "queries", "actions")


def bound_migrations(root: Path) -> Iterator[str]:
    """Migrations that import the app's code, which will have changed by the time they run."""
    for path in sorted(root.rglob("migrations/*.py")):
        for name in imported(path):
            if name.startswith("qingli.") and name != "qingli.lib.ids":
                yield f"{path.relative_to(root)} imports {name}"


def unsound_keys(rooms: tuple[str, ...]) -> Iterator[str]:
    """Foreign keys between rooms that point up, leave a trace on the other side, or take rows with them."""
    from django.apps import apps  # noqa: PLC0415 - the settings come from the copy that is looked at
    from django.db.models import PROTECT, ForeignKey  # noqa: PLC0415 - as above

    order = {room: height for height, room in enumerate(rooms)}
    for model in apps.get_models():
        here = model._meta.app_label
        for field in model._meta.get_fields() if here in order else ():
            if not isinstance(field, ForeignKey):
                continue
            there = field.related_model._meta.app_label
            if there == here or there not in order:
                continue
            if order[there] > order[here]:
                yield f"{field} points up to {there}"
            if not field.remote_field.hidden:
                yield f"{field} leaves a trace in {there}"
            if field.remote_field.on_delete is not PROTECT:
                yield f"{field} does not protect"


LOADED = re.compile(r"{%\s*(?:load\s+([\w\s]+?)|(?:include|extends)\s+\"(\w+)/[^\"]*\".*?)\s*%}")


def borrowed_tags(root: Path) -> Iterator[str]:
    """Templates that take tags or parts of another face, which no import shows; what faces share lies in `web`."""
    tags = {path.stem: face for face in FACES for path in (root / face / "templatetags").glob("[!_]*.py")}
    for face in FACES:
        for path in sorted((root / face / "templates").rglob("*.html")):
            for libraries, folder in LOADED.findall(path.read_text(encoding="utf8")):
                owners = {tags[name] for name in libraries.split() if name in tags} | ({folder} & set(FACES))
                yield from (f"{path.relative_to(root)} borrows from {one}" for one in sorted(owners - {face, "web"}))


def too_big(root: Path) -> Iterator[str]:
    """Files and classes over their size, and functions when more than a tenth of them is."""
    lengths: list[int] = []
    for path in sorted(root.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        lines = len(path.read_text(encoding="utf8").splitlines())
        if lines > FILE_LINES:
            yield f"{path.relative_to(root)} has {lines} lines"
        for node in ast.walk(parsed(path)):
            length = (getattr(node, "end_lineno", 0) or 0) - getattr(node, "lineno", 0) + 1
            if isinstance(node, ast.ClassDef) and length > CLASS_LINES:
                yield f"{path.relative_to(root)} class {node.name} has {length} lines"
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lengths.append(length)
    lengths.sort()
    if (ninetieth := lengths[int(len(lengths) * 0.9)]) > FUNCTION_LINES:
        yield f"nine functions of ten are no longer than {ninetieth} lines, not {FUNCTION_LINES}"


def readable_faults(root: Path, rooms: tuple[str, ...]) -> list[str]:
    """What can be seen by reading the source in `root`."""
    return [*bad_manners(root, rooms), *bound_migrations(root), *borrowed_tags(root), *too_big(root)]


if __name__ == "__main__":
    import django
    from django.conf import settings

    django.setup()
    print("\n".join([*readable_faults(Path(sys.argv[1]), settings.ROOMS), *unsound_keys(settings.ROOMS)]))
