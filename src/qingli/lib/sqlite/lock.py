"""One writer at a time, over threads and processes.

SQLite lets writers race and back off, and that queue is not fair: under load the slowest write waits ten times longer
than it has to. A lock in the process and one on a file beside the database put writers in line. The operating system
drops the file lock of a process that dies.
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock_file(fd: int, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while True:
            try:
                os.lseek(fd, 0, os.SEEK_SET)
                msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
            except OSError:
                if time.monotonic() > end:
                    return False
                time.sleep(0.001)
            else:
                return True

    def _unlock_file(fd: int) -> None:
        os.lseek(fd, 0, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock_file(fd: int, seconds: float) -> bool:
        # It waits in the kernel, which wakes it at once; polling with a time limit would lose that. Should another
        # process hang in a transaction, one thread waits here and the others give up at the thread lock.
        fcntl.flock(fd, fcntl.LOCK_EX)
        return True

    def _unlock_file(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_UN)


class WriteLock:
    """The lock of one database file. Not re-entrant: a connection remembers whether it is its turn."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._threads = threading.Lock()
        self._fd: int | None = None

    def acquire(self, seconds: float) -> bool:
        """Wait for the turn; False when `seconds` have passed."""
        if not self._threads.acquire(timeout=seconds):
            return False
        try:
            if self._fd is None:
                self._fd = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            locked = _lock_file(self._fd, seconds)
        except BaseException:
            self._threads.release()
            raise
        if not locked:
            self._threads.release()
        return locked

    def release(self) -> None:
        """Let the next writer in."""
        assert self._fd is not None
        try:
            _unlock_file(self._fd)
        finally:
            self._threads.release()

    def forget(self) -> None:
        """Start afresh in a forked child, whose copy of the file would otherwise share its parent's lock."""
        if self._fd is not None:
            os.close(self._fd)
        self._fd = None
        self._threads = threading.Lock()


_locks: dict[Path, WriteLock] = {}
_registry = threading.Lock()


def lock_for(database: Path) -> WriteLock:
    """The lock of this database file, the same for every connection of the process."""
    path = database.absolute()
    with _registry:
        return _locks.setdefault(path, WriteLock(path.with_name(path.name + "-lock")))


def _after_fork() -> None:
    global _registry  # noqa: PLW0603 - another thread may have held it at the moment of the fork
    _registry = threading.Lock()
    for lock in _locks.values():
        lock.forget()


_at_fork: Callable[..., None] | None = getattr(os, "register_at_fork", None)
if _at_fork is not None:
    _at_fork(after_in_child=_after_fork)
