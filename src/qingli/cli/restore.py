"""`qingli restore FOLDER`: put a backup back into an empty home."""

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from qingli.cli.backup import FORMAT, digest, server_environment, server_words


class RestoreError(Exception):
    """Why nothing was restored."""


def run(argv: list[str]) -> int:
    """Check the whole backup first, then restore it, then verify the journal. An existing home is never touched."""
    parser = argparse.ArgumentParser(prog="qingli restore", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--secrets", type=Path, metavar="FILE", help="the secret key that was kept apart")
    options = parser.parse_args(argv)
    home = Path(os.environ.get("QINGLI_HOME", "var")).resolve()
    try:
        manifest = _checked(options.folder)
        _need_empty(home)
        _need_same_kind(manifest)
        _restore(options.folder, manifest, home, options.secrets)
    except RestoreError as error:
        print(f"qingli restore: {error}; nothing was restored", file=sys.stderr)
        return 1
    print(f"restored into {home} what was backed up at {manifest['made_at']}")
    if not options.secrets:
        print("a new secret key was made: everybody signs in again, secret links are made anew")
    from qingli.cli import verify

    return verify.run(["--files"])


def _restore(folder: Path, manifest: dict[str, Any], home: Path, secrets: Path | None) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The key comes first, since the settings make a new one where there is none; the database last, since it alone
        # may lie outside the home and could not be taken back.
        _put_secret(home, secrets)
        if (folder / "files").is_dir():
            shutil.copytree(folder / "files", home / "files")
        if (folder / "roots.txt").is_file():
            shutil.copy2(folder / "roots.txt", home / "roots.txt")
        _put_database(folder, manifest)
    except (RestoreError, OSError) as error:
        shutil.rmtree(home, ignore_errors=True)  # it was empty before
        raise error if isinstance(error, RestoreError) else RestoreError(str(error)) from error


def _checked(folder: Path) -> dict[str, Any]:
    """The list of a backup, every file of which is there and unaltered."""
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf8"))
    except (OSError, ValueError) as error:
        raise RestoreError(f"{folder} is not a backup: its manifest.json cannot be read") from error
    if manifest.get("format") != FORMAT:
        raise RestoreError("this backup was made by another version; restore it with that one")
    for item in manifest["files"]:
        path = (folder / item["path"]).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise RestoreError(f"{item['path']} lies outside the backup")
        if not path.is_file() or digest(path) != item["sha256"]:
            raise RestoreError(f"{item['path']} is missing or altered")
    return manifest


def _need_empty(home: Path) -> None:
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise RestoreError(f"{home} is not empty; name an empty home in QINGLI_HOME")


def _need_same_kind(manifest: dict[str, Any]) -> None:
    url = os.environ.get("DATABASE_URL", "")
    kind = "postgresql" if url.startswith("postgres") else "sqlite"
    if manifest["database"] != kind:
        raise RestoreError(f"the backup is of {manifest['database']}, but DATABASE_URL names {kind}")
    if kind == "postgresql" and not shutil.which("pg_restore"):
        raise RestoreError("pg_restore is not installed (Debian: sudo apt install postgresql-client)")


def _put_secret(home: Path, secrets: Path | None) -> None:
    if secrets is None:
        return
    try:
        key = secrets.read_text(encoding="ascii")
    except (OSError, ValueError) as error:
        raise RestoreError(f"{secrets} cannot be read") from error
    with os.fdopen(os.open(home / "secret", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(key)


def _put_database(folder: Path, manifest: dict[str, Any]) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    if manifest["database"] == "sqlite":
        target = Path(settings.DATABASES["default"]["NAME"])
        if target.exists():
            raise RestoreError(f"there is a database at {target}")
        shutil.copyfile(folder / "database.sqlite3", target)
        target.chmod(0o600)
        return
    if connection.introspection.table_names():
        raise RestoreError("the database that DATABASE_URL names is not empty")
    connection.close()
    words = ["pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", *server_words()]
    done = subprocess.run(
        [*words, str(folder / "database.pgdump")],
        env=server_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RestoreError(done.stderr.strip())
