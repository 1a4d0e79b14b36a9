"""`./qingli`, which makes the environment, and `qingli demo`, which starts everything."""

import ast
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.conftest import ROOT
from tests.house.test_commands import free_port


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, with a folder of its own."""
    loader = SourceFileLoader("qingli_script", str(ROOT / "qingli"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    spec = importlib.util.spec_from_loader("qingli_script", loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    for name in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text(name)
    (tmp_path / ".venv").mkdir()
    for name, value in {
        "ROOT": str(tmp_path),
        "VENV": str(tmp_path / ".venv"),
        "PYTHON": sys.executable,
        "STAMP": str(tmp_path / ".venv" / "qingli-stamp"),
    }.items():
        monkeypatch.setattr(module, name, value)
    return module


def test_the_script_can_be_read_by_an_old_python() -> None:
    ast.parse((ROOT / "qingli").read_text(encoding="utf8"), feature_version=(3, 5))


def test_the_script_is_executable_and_imports_the_standard_library_only() -> None:
    assert os.access(ROOT / "qingli", os.X_OK)
    tree = ast.parse((ROOT / "qingli").read_text(encoding="utf8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert names <= sys.stdlib_module_names


def test_what_is_installed_is_not_installed_again(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    monkeypatch.setattr(script, "install", installed.append)
    monkeypatch.setattr(script, "link_source", lambda: None)
    script.set_up("requirements.lock")
    script.set_up("requirements.lock")
    assert installed == ["requirements.lock"]
    script.set_up("requirements-dev.lock")
    script.set_up("requirements.lock")  # the tools come on top, so what runs is there
    script.set_up("requirements-dev.lock")
    assert installed == ["requirements.lock", "requirements-dev.lock"]
    (Path(script.ROOT) / "requirements.lock").write_text("a newer version")
    script.set_up("requirements.lock")
    assert installed[2:] == ["requirements.lock"]


def test_an_interrupted_installation_is_done_again(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(lock: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(script, "install", interrupt)
    with pytest.raises(KeyboardInterrupt):
        script.set_up("requirements.lock")
    assert script.stamped() == []


def test_without_a_python_that_suits_it_says_what_is_needed(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script, "suits", lambda python: False)
    with pytest.raises(SystemExit):
        script.find_python()
    assert "Python 3.11, 3.12 or 3.13 is needed" in capsys.readouterr().err


def test_without_uv_and_pip_it_says_what_to_install(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script, "answer", lambda command: "")
    with pytest.raises(SystemExit):
        script.install("requirements.lock")
    assert "sudo apt install python3-pip" in capsys.readouterr().err


def test_what_builds_comes_first_from_its_lock_and_pip_does_what_uv_cannot(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[tuple[str, str]] = []

    def call(words: list[str]) -> int:
        assert {"--require-hashes", "--no-build-isolation"} <= set(words)
        called.append((words[0], Path(words[-1]).name))
        return int(called[-1] == ("uv", "requirements.lock"))

    monkeypatch.setattr(script, "find_pip", lambda: ["pip"])
    monkeypatch.setattr(script, "find_uv", lambda pip: "uv")
    monkeypatch.setattr(script.subprocess, "call", call)
    script.install("requirements.lock")
    assert called == [
        ("uv", "requirements-build.lock"),
        ("uv", "requirements.lock"),
        ("pip", "requirements.lock"),
    ]
    assert (ROOT / "requirements-build.lock").is_file()


def test_locks_carry_hashes_and_no_index_address() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text()
        assert "://" not in text
        for block in text.split("\n\n"):
            for requirement in block.split("\n"):
                if "==" in requirement and not requirement.startswith((" ", "#")):
                    assert requirement.endswith("\\"), f"{lock.name}: {requirement} has no hash"


@pytest.mark.slow
def test_the_demo_starts_answers_and_stops(tmp_path: Path) -> None:
    port = free_port()
    environment = {**os.environ, "QINGLI_HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "src"), "DATABASE_URL": ""}
    demo = subprocess.Popen(
        [sys.executable, "-u", "-m", "qingli", "demo", "--port", str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf8",
    )
    lines: list[str] = []
    assert demo.stdout
    for line in demo.stdout:
        lines.append(line.rstrip())
        if "Ctrl-C" in line:
            break
    try:
        assert any(line.strip() == f"http://127.0.0.1:{port}/" for line in lines), lines
        assert any("password" in line for line in lines)
        end, state = time.monotonic() + 30, ""
        while state != "ok" and time.monotonic() < end:
            state = health(port)
            time.sleep(0.3)
        assert state == "ok"
    finally:
        demo.send_signal(signal.SIGINT)
        assert demo.wait(60) == 0
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
    log = (tmp_path / "demo" / "log.jsonl").read_text(encoding="utf8")
    assert {"worker started", "worker stopped"} <= {json.loads(line).get("event") for line in log.splitlines()}


def health(port: int) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as response:
            status: str = json.load(response)["status"]
            return status
    except OSError:
        return ""
