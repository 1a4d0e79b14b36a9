"""The commands as an administrator uses them, each in a process of its own."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.house.conftest import ROOT, Installation

FILL = """
from datetime import UTC, datetime
from qingli.archive.actions import deed, seal, store_file
from qingli.archive.rules import PAPERS, Act, Retention, System
from qingli.lib.ids import new_id
NOON = datetime(2026, 5, 4, 4, tzinfo=UTC)
@deed("test.kept")
def keep(**_):
    file = store_file(content="計劃".encode(), name="a.txt", accept=PAPERS, retention=Retention.PERMANENT,
                      scope="/", recorded_at=NOON)
    return Act("thing", new_id(), "/", {"file": str(file)})
for _ in range(3):
    keep(by=System(), happened_at=NOON, recorded_at=NOON, key=new_id())
seal(recorded_at=NOON)
"""
TAMPER = """
from django.db import connection
with connection.cursor() as cursor:
    if connection.vendor == "postgresql":
        cursor.execute("SET session_replication_role = replica")
    else:
        cursor.execute("DROP TRIGGER archive_entry_no_update")
    cursor.execute("UPDATE archive_entry SET scope = '/other/'")
"""
COUNT = "from qingli.archive.models import Entry; print(Entry.objects.count())"


def test_help_and_wrong_words(installation: Installation) -> None:
    assert "demo" in installation.command("--help").stdout
    wrong = installation.command("nonsense", check=False)
    assert (wrong.returncode, "no command 'nonsense'" in wrong.stderr) == (2, True)
    assert installation.command(check=False).returncode == 2


def test_a_port_that_somebody_else_has_is_not_shared(installation: Installation) -> None:
    """The web server could share it, and each of the two would get some of the requests."""
    installation.command("manage", "collectstatic", "--noinput", "-v0", "--skip-checks")
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as taken:
        told = installation.command("serve", "--port", str(taken.getsockname()[1]), check=False)
    assert told.returncode == 1
    assert "something else listens on port" in told.stderr


def test_verify_holds_and_fails_when_a_row_is_tampered_with(installation: Installation) -> None:
    installation.python(FILL)
    well = installation.command("verify", "--files")
    assert "3 entries sealed in 1 batches; 0 not sealed yet" in well.stdout
    assert "the journal holds" in well.stdout
    installation.python(TAMPER)
    broken = installation.command("verify", check=False)
    assert broken.returncode == 1
    assert "BREAK root: batch 1, entries 1-3" in broken.stdout


def test_verify_sees_altered_and_missing_files(installation: Installation) -> None:
    installation.python(FILL)
    (content,) = (path for path in (installation.home / "files").rglob("*") if path.is_file())
    content.write_bytes(b"something else")
    told = installation.command("verify", "--files", check=False)
    assert (told.returncode, "FILE altered" in told.stdout) == (1, True)
    content.unlink()
    assert "FILE missing" in installation.command("verify", "--files", check=False).stdout


def test_the_worker_copies_the_root_of_a_past_day_and_verify_compares_it(installation: Installation) -> None:
    installation.python(FILL)
    process = installation.start("-m", "qingli", "worker")
    roots = installation.home / "roots.txt"
    end = time.monotonic() + 30
    while not roots.is_file() and time.monotonic() < end:
        time.sleep(0.1)
    process.terminate()
    assert process.wait(20) == 0
    assert re.fullmatch(r"2026-05-04 [0-9a-f]{64}\n", roots.read_text())
    assert "1 roots of past days compared" in installation.command("verify").stdout
    roots.write_text(f"2026-05-04 {'0' * 64}\n")
    told = installation.command("verify", check=False)
    assert (told.returncode, "BREAK day-root: 2026-05-04" in told.stdout) == (1, True)


def emptied(installation: Installation, home: Path) -> Installation:
    """Another installation on the same server, with an empty home and, on PostgreSQL, an empty database."""
    if installation.database_url:
        installation.python(
            "from django.db import connection\nconnection.cursor().execute('DROP SCHEMA public CASCADE')"
        )
        installation.python("from django.db import connection\nconnection.cursor().execute('CREATE SCHEMA public')")
    return Installation(home, installation.database_url)


def need_dump_tools(installation: Installation) -> None:
    if installation.database_url and not shutil.which("pg_dump"):
        pytest.skip("pg_dump is not installed")


def test_words_about_a_person_are_found_and_erased_on_request(installation: Installation) -> None:
    installation.python(FILL + """
@deed("test.said")
def say(*, words, **_):
    return Act("thing", new_id(), "/", {"words": words})
for words in ("王小明 was here", "王小 was", "nobody"):
    say(words=words, by=System(), happened_at=NOON, recorded_at=NOON, key=new_id())
""")  # fmt: skip
    assert "1 found" in installation.command("erase", "王小明").stdout
    assert installation.command("erase", "王大明", check=False).returncode == 1
    assert installation.command("erase", " ", "--yes", check=False).returncode == 1
    told = installation.command("erase", "王小明", "--yes").stdout
    assert "1 erased" in told
    assert "王" not in told
    assert installation.command("erase", "王小明", check=False).returncode == 1
    held = installation.command("verify").stdout
    assert "1 payloads erased on request" in held
    assert "the journal holds" in held


def test_roots_that_cannot_be_read_are_no_proof(installation: Installation, tmp_path: Path) -> None:
    installation.python(FILL)
    roots = tmp_path / "roots.txt"
    for text in (None, "", "half a li"):
        if text is not None:
            roots.write_text(text)
        told = installation.command("verify", "--roots", str(roots), check=False)
        assert (told.returncode, "holds" in told.stdout, "Traceback" in told.stderr) == (2, False, False)


def test_a_backup_comes_back_whole(installation: Installation, tmp_path: Path) -> None:
    need_dump_tools(installation)
    installation.python(FILL)
    folder, secrets = tmp_path / "backup", tmp_path / "key"
    installation.command("backup", str(folder), "--secrets", str(secrets))
    secret = (installation.home / "secret").read_text().strip()
    assert secrets.read_text().strip() == secret
    assert secrets.stat().st_mode & 0o777 == 0o600
    assert all(secret.encode() not in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    other = emptied(installation, tmp_path / "other")
    told = other.command("restore", str(folder), "--secrets", str(secrets))
    assert "3 entries sealed" in told.stdout
    assert "the journal holds" in told.stdout
    assert other.python(COUNT) == "3"
    assert (other.home / "secret").read_text().strip() == secret
    assert len([path for path in (other.home / "files").rglob("*") if path.is_file()]) == 1


def test_a_backup_is_taken_while_others_write(installation: Installation, tmp_path: Path) -> None:
    need_dump_tools(installation)
    writing = installation.start("-c", f"import django; django.setup()\n{FILL}\nwhile True:\n    " + WRITE_ON)
    try:
        end = time.monotonic() + 30
        while int(installation.python(COUNT)) < 20 and time.monotonic() < end:
            time.sleep(0.1)
        installation.command("backup", str(tmp_path / "backup"))
        assert writing.poll() is None
    finally:
        writing.kill()
        writing.wait()
    told = emptied(installation, tmp_path / "other").command("restore", str(tmp_path / "backup"))
    assert "the journal holds" in told.stdout


WRITE_ON = "keep(by=System(), happened_at=NOON, recorded_at=NOON, key=new_id()); seal(recorded_at=NOON)"


def test_nothing_is_overwritten(installation: Installation, tmp_path: Path) -> None:
    need_dump_tools(installation)
    folder = tmp_path / "backup"
    installation.command("backup", str(folder))
    again = installation.command("backup", str(folder), check=False)
    assert (again.returncode, "is there already" in again.stderr) == (2, True)
    onto = installation.command("restore", str(folder), check=False)
    assert (onto.returncode, "is not empty" in onto.stderr) == (1, True)


def test_a_place_that_cannot_be_written_is_told_plainly(installation: Installation, tmp_path: Path) -> None:
    need_dump_tools(installation)
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    told = installation.command("backup", str(in_the_way / "backup"), check=False)
    assert (told.returncode, "Not a directory" in told.stderr, "Traceback" in told.stderr) == (1, True, False)
    installation.command("backup", str(tmp_path / "backup"))
    other = Installation(in_the_way / "home", installation.database_url)
    told = other.command("restore", str(tmp_path / "backup"), check=False)
    assert (told.returncode, "nothing was restored" in told.stderr, "Traceback" in told.stderr) == (1, True, False)


def test_an_altered_backup_is_not_restored(installation: Installation, tmp_path: Path) -> None:
    need_dump_tools(installation)
    installation.python(FILL)
    folder = tmp_path / "backup"
    installation.command("backup", str(folder))
    (database,) = folder.glob("database.*")
    with database.open("ab") as file:
        file.write(b"x")
    other = Installation(tmp_path / "other", installation.database_url)
    told = other.command("restore", str(folder), check=False)
    assert (told.returncode, f"{database.name} is missing or altered" in told.stderr) == (1, True)
    assert not other.home.exists()
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][0]["path"] = "../../etc/passwd"
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert "lies outside" in other.command("restore", str(folder), check=False).stderr
    (folder / "manifest.json").unlink()
    assert "is not a backup" in other.command("restore", str(folder), check=False).stderr


def findings(installation: Installation) -> dict[str, tuple[str, str]]:
    lines = installation.command("doctor", check=False).stdout.splitlines()
    return {name: (state, text) for state, name, text in (line.split(maxsplit=2) for line in lines)}


def test_the_doctor_sees_what_is_wrong(installation: Installation, tmp_path: Path) -> None:
    found = findings(installation)
    assert (found["tables"][0], found["worker"][0], found["secret"][0]) == ("ok", "BAD", "ok")
    assert found["clock"][0] == "ok"
    os.chmod(installation.home / "secret", 0o644)
    installation.extra["QINGLI_CLOCK_FILE"] = str(tmp_path / "clock")
    installation.extra["QINGLI_DEBUG"] = "1"
    found = findings(installation)
    assert (found["secret"][0], found["clock"][0], found["debug"][0]) == ("BAD", "warn", "BAD")
    empty = Installation(tmp_path / "empty", "")
    assert findings(empty)["tables"][0] == "BAD"
    assert empty.command("doctor", check=False).returncode == 1


def test_an_unprepared_home_is_told_plainly(tmp_path: Path) -> None:
    empty = Installation(tmp_path / "empty", "")
    told = empty.command("verify", check=False)
    assert (told.returncode, "qingli doctor" in told.stderr, "Traceback" in told.stderr) == (1, True, False)
    assert "--prepare" in empty.command("serve", check=False).stderr


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    words = [sys.executable, "-c", "from pathlib import Path; from qingli.lib import secret; import sys;"]
    words[-1] += "print(secret.load(Path(sys.argv[1])))"
    path = tmp_path / "home" / "secret"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    running = [
        subprocess.Popen([*words, str(path)], stdout=subprocess.PIPE, text=True, env=environment) for _ in range(6)
    ]
    keys = {process.communicate()[0].strip() for process in running}
    assert keys == {path.read_text()}
    assert len(path.read_text()) > 60
    assert path.stat().st_mode & 0o777 == 0o600
    assert [found.name for found in path.parent.iterdir()] == ["secret"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.slow
def test_server_and_worker_run_and_say_how_they_are(installation: Installation) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/healthz"
    server = installation.start("-m", "qingli", "serve", "--port", str(port), "--processes", "1", "--prepare")
    worker: subprocess.Popen[bytes] | None = None
    try:
        assert answer(address) == (503, {"status": "failing"})
        worker = installation.start("-m", "qingli", "worker")
        end = time.monotonic() + 30
        while answer(address)[0] != 200 and time.monotonic() < end:
            time.sleep(0.2)
        assert answer(address) == (200, {"status": "ok"})
    finally:
        for process in (server, worker):
            if process:
                process.terminate()
                process.wait(20)


def answer(address: str) -> tuple[int, dict[str, str]]:
    end = time.monotonic() + 40
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
