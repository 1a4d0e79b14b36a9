"""`qingli backup FOLDER`: database and files as one consistent set, with a list of hashes."""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import django

import qingli
from qingli.lib import clock

FORMAT = 1


def run(argv: list[str]) -> int:
    """Write a backup into a new folder; the secret key goes into a file of its own, if asked for."""
    parser = argparse.ArgumentParser(prog="qingli backup", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--secrets", type=Path, metavar="FILE", help="write the secret key there; keep it elsewhere")
    options = parser.parse_args(argv)
    if taken := [str(path) for path in (options.folder, options.secrets) if path and path.exists()]:
        print(f"qingli backup: {taken[0]} is there already; nothing was written", file=sys.stderr)
        return 2
    django.setup()
    draft = options.folder.with_name(options.folder.name + ".partial")
    try:
        _write(draft)
    except (BackupError, OSError) as error:
        shutil.rmtree(draft, ignore_errors=True)
        print(f"qingli backup: {error}", file=sys.stderr)
        return 1
    draft.rename(options.folder)
    if options.secrets:
        _write_secrets(options.secrets)
    _tell(options.folder, options.secrets)
    return 0


class BackupError(Exception):
    """Why no backup could be made."""


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(draft: Path) -> None:
    from django.db import connection

    if draft.exists():
        shutil.rmtree(draft)  # what an interrupted backup left
    draft.mkdir(mode=0o700, parents=True)
    vendor = connection.vendor
    contents = _sqlite(draft) if vendor == "sqlite" else _postgresql(draft)
    _copy_files(draft, contents)
    _copy_roots(draft)
    listed = [
        {"path": path.relative_to(draft).as_posix(), "size": path.stat().st_size, "sha256": digest(path)}
        for path in sorted(draft.rglob("*"))
        if path.is_file()
    ]
    manifest = {
        "format": FORMAT,
        "version": qingli.__version__,
        "made_at": clock.machine().isoformat(),
        "database": vendor,
        "files": listed,
    }
    (draft / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf8")


def _sqlite(draft: Path) -> list[str]:
    """A snapshot of the database, made while others write, and the contents that it names."""
    import sqlite3  # the one that the settings have swapped in

    from django.conf import settings

    target = draft / "database.sqlite3"
    source = sqlite3.connect(settings.DATABASES["default"]["NAME"])
    try:
        source.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as error:
        raise BackupError(f"the database could not be copied ({error})") from error
    finally:
        source.close()
    target.chmod(0o600)
    copy = sqlite3.connect(target)
    try:
        return [sha256 for (sha256,) in copy.execute("SELECT sha256 FROM archive_blob")]
    finally:
        copy.close()


def _postgresql(draft: Path) -> list[str]:
    """The same through pg_dump, which joins the snapshot in which the contents are read."""
    from django.db import connection, transaction

    if not shutil.which("pg_dump"):
        raise BackupError("pg_dump is not installed (Debian: sudo apt install postgresql-client)")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        cursor.execute("SELECT sha256 FROM archive_blob")
        contents = [sha256 for (sha256,) in cursor.fetchall()]
        words = ["pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={draft / 'database.pgdump'}"]
        done = subprocess.run(
            [*words, *server_words()], env=server_environment(), capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise BackupError(done.stderr.strip())
    (draft / "database.pgdump").chmod(0o600)
    return contents


def server_words() -> list[str]:
    """How PostgreSQL's own programs find the database; the password goes through the environment."""
    from django.conf import settings

    values: dict[str, Any] = settings.DATABASES["default"]
    pairs = {"--host": values["HOST"], "--port": values["PORT"], "--username": values["USER"]}
    return [f"{name}={value}" for name, value in pairs.items() if value] + [f"--dbname={values['NAME']}"]


def server_environment() -> dict[str, str]:
    """The environment for PostgreSQL's own programs."""
    from django.conf import settings

    password = settings.DATABASES["default"]["PASSWORD"]
    return {**os.environ, "PGPASSWORD": password} if password else dict(os.environ)


def _copy_files(draft: Path, contents: Iterable[str]) -> None:
    from qingli.archive.queries.files import blob_path, files_root

    for sha256 in contents:
        source = blob_path(sha256)
        target = draft / "files" / source.relative_to(files_root())
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not source.is_file():
            raise BackupError(f"the content {sha256} is missing on disk; run qingli verify --files")
        shutil.copy2(source, target)
        if digest(target) != sha256:
            raise BackupError(f"the content {sha256} has been altered on disk; run qingli verify --files")


def _copy_roots(draft: Path) -> None:
    from qingli.cli.roots import roots_path

    if roots_path().is_file():
        shutil.copy2(roots_path(), draft / "roots.txt")


def _write_secrets(path: Path) -> None:
    from django.conf import settings

    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(settings.SECRET_KEY + "\n")


def _tell(folder: Path, secrets: Path | None) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf8"))
    size = sum(item["size"] for item in manifest["files"])
    print(f"{folder}: {len(manifest['files'])} files, {size / 1e6:.1f} MB")
    if secrets:
        print(f"{secrets}: the secret key; keep it apart from the backup")
    else:
        print("the secret key is not in it; --secrets FILE writes it into a file of its own")
