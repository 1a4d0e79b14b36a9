"""`python -m qingli.lib.messages`: what to do with the message catalogues, without the gettext tools.

  extract [--write] [ROOM …]  list messages that a catalogue lacks, and those no source asks for any more;
                              --write adds the first (empty) and drops the second
  hans [ROOM …]               fill what is empty in zh_Hans from zh_Hant, character by character; read it afterwards
  compile [ROOM …]            .po → .mo (both are committed)
  check [ROOM …]              everything complete, nothing fuzzy, placeholders the same, .mo up to date; else exit 1

Without ROOM: every room that has messages. A message that two faces share may be translated in `web` alone.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import opencc

import qingli
from qingli.lib.messages.catalogs import (
    LOCALES,
    compile_po,
    is_compiled,
    key,
    load,
    messages,
    po_path,
    save,
    strings,
)
from qingli.lib.messages.extract import Wanted, wanted

ROOT = Path(qingli.__file__).parent
SHARED = "web"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def rooms(names: Iterable[str], root: Path) -> list[Path]:
    """The named rooms, or all that have messages or catalogues."""
    chosen = [root / name for name in names]
    if missing := [room.name for room in chosen if not room.is_dir()]:
        raise SystemExit(f"there is no room {', '.join(missing)}")
    return chosen or [room for room in sorted(root.iterdir()) if room.is_dir() and (_has_po(room) or wanted(room))]


def _has_po(room: Path) -> bool:
    return any(po_path(room, locale).is_file() for locale in LOCALES)


def lacking(room: Path, locale: str) -> list[Wanted]:
    """Messages of a room that neither its own catalogue nor the shared one holds."""
    own = load(po_path(room, locale), locale)
    shared = load(po_path(room.parent / SHARED, locale), locale)
    known = {key(message) for catalog in (own, shared) for message in messages(catalog)}
    return list({want.key: want for want in reversed(wanted(room)) if want.key not in known}.values())[::-1]


def unused(room: Path, locale: str) -> list[tuple[str, str | None]]:
    """Messages of a room's catalogue that no source asks for; those of the shared one may be asked for anywhere."""
    askers = rooms((), room.parent) if room.name == SHARED else [room]
    asked = {want.key for asker in askers for want in wanted(asker)}
    return [key(message) for message in messages(load(po_path(room, locale), locale)) if key(message) not in asked]


def extract(chosen: list[Path], write: bool) -> int:
    """List, and with `write` mend, what catalogues lack or keep in vain."""
    found = 0
    for room in chosen:
        for locale in LOCALES:
            new, old = lacking(room, locale), unused(room, locale)
            found += len(new) + len(old)
            for want in new:
                print(f"{room.name} {locale} lacks {want.id!r} ({want.place})")
            for name, _context in old:
                print(f"{room.name} {locale} keeps in vain {name!r}")
            if write and (new or old):
                _mend(room, locale, new, old)
    print(f"{found} differences{' mended' if write else ''}")
    return 0 if write or not found else 1


def _mend(room: Path, locale: str, new: list[Wanted], old: list[tuple[str, str | None]]) -> None:
    path = po_path(room, locale)
    catalog = load(path, locale)
    for want in new:
        catalog.add(want.id, context=want.context, locations=[(want.place.partition(":")[0], 0)])
    for name, context in old:
        catalog.delete(name, context)
    for message in messages(catalog):  # line numbers would change with every edit of a source
        message.locations = [(file, 0) for file, _ in message.locations]
    save(path, catalog, locale)


def hans(chosen: list[Path]) -> int:
    """Fill what is empty in zh_Hans from zh_Hant."""
    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    for room in chosen:
        source = {key(message): message for message in messages(load(po_path(room, "zh_Hant"), "zh_Hant"))}
        path = po_path(room, "zh_Hans")
        target = load(path, "zh_Hans")
        filled = 0
        for (name, context), message in source.items():
            there = target.get(name, context)
            if any(strings(message)) and not (there and all(strings(there))):
                text = tuple(convert(string) for string in strings(message))
                target.delete(name, context)
                target.add(message.id, text[0] if isinstance(message.id, str) else text, context=context)
                filled += 1
        if filled:
            save(path, target, "zh_Hans")
            print(f"{room.name}: {filled} filled")
    return 0


def compile_all(chosen: list[Path]) -> int:
    """Write every .mo that is not up to date."""
    for room in chosen:
        for locale in LOCALES:
            path = po_path(room, locale)
            if path.is_file() and compile_po(path, locale):
                print(f"{room.name} {locale} compiled")
    return 0


def check(chosen: list[Path]) -> int:
    """Say everything that is not as it should be; 1 when there is anything."""
    faults = [fault for room in chosen for locale in LOCALES for fault in _faults(room, locale)]
    print("\n".join(faults) or f"messages of {len(chosen)} rooms complete in {', '.join(LOCALES)}")
    return 1 if faults else 0


def _faults(room: Path, locale: str) -> Iterator[str]:
    place = f"{room.name} {locale}"
    path = po_path(room, locale)
    for want in lacking(room, locale):
        yield f"{place}: {want.id!r} is missing ({want.place})"
    for name, _context in unused(room, locale):
        yield f"{place}: {name!r} is asked for nowhere"
    for message in messages(load(path, locale)):
        if not all(strings(message)):
            yield f"{place}: {message.id!r} is not translated"
        elif message.fuzzy:
            yield f"{place}: {message.id!r} is fuzzy"
        elif not _placeholders(strings(message)) <= _placeholders(_ids(message.id)):
            yield f"{place}: {message.id!r} has other placeholders in its translation"
    if path.is_file() and not is_compiled(path, locale):
        yield f"{place}: the .mo is not up to date"


def _ids(name: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (name,) if isinstance(name, str) else tuple(name)


def _placeholders(texts: Iterable[str]) -> set[str]:
    return {match for text in texts for match in PLACEHOLDER.findall(text.replace("%%", ""))}


def main(argv: list[str] | None = None) -> int:
    """Run one of the deeds; its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m qingli.lib.messages", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("deed", choices=["extract", "hans", "compile", "check"])
    parser.add_argument("rooms", nargs="*", metavar="ROOM")
    parser.add_argument("--write", action="store_true", help="with extract: mend the catalogues")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    wanted.cache_clear()  # the sources may have changed since the last call
    chosen = rooms(options.rooms, options.root)
    if options.deed == "extract":
        return extract(chosen, options.write)
    return {"hans": hans, "compile": compile_all, "check": check}[options.deed](chosen)


if __name__ == "__main__":
    sys.exit(main())
