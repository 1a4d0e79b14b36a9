"""Older and other word processors' files (.doc .odt .wps .rtf), through LibreOffice where it is installed."""

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from qingli.reading.documents.errors import ReadError

SECONDS = 90
_NAMES = ("soffice", "libreoffice")
# No macros, no link from the document followed, and a proxy that leads nowhere.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""  # noqa: E501  (LibreOffice's own file format, one setting a line)


def program() -> str | None:
    """The path of LibreOffice, None where it is not installed."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def convert(data: bytes, suffix: str, target: str = "docx", seconds: int = SECONDS) -> bytes:
    """`data` (a file that ends in `suffix`, no dot) as `target`.

    `ReadError`: needs-libreoffice, timeout, conversion-failed.
    """
    soffice = program()
    if soffice is None:
        raise ReadError("needs-libreoffice", format=suffix)
    with tempfile.TemporaryDirectory(prefix="qingli-office-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        user = work / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = work / f"plan.{suffix}"
        source.write_bytes(data)
        command = [
            soffice, "--headless", "--norestore", "--nolockcheck", "--nodefault",
            f"-env:UserInstallation={(work / 'profile').as_uri()}",
            "--convert-to", target, "--outdir", str(work / "out"), str(source),
        ]  # fmt: skip
        _run(command, seconds)
        made = sorted((work / "out").glob("plan.*"))
        if not made or not made[0].stat().st_size:
            raise ReadError("conversion-failed", format=suffix)
        return made[0].read_bytes()


def _run(command: list[str], seconds: int) -> None:
    """Run LibreOffice; on time-out end it with the children it starts."""
    process = subprocess.Popen(  # noqa: S603  (fixed arguments, our own file names)
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
        raise ReadError("timeout", seconds=seconds) from error
