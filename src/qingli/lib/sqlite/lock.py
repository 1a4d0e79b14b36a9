"""One writer at a time, over threads and processes.

SQLite lets writers race and back off, and that queue is not fair: under load the slowest write waits ten times longer
than it has to. A lock in the process and one on a file beside the database put writers in line. The operating system
drops the file lock of a process that dies.
"""

import os
import sys
import threading
import time
from collections import deque
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
        # process hang in a transaction, one thread waits here and the others give up at the queue of threads.
        fcntl.flock(fd, fcntl.LOCK_EX)
        return True

    def _unlock_file(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_UN)


class Queue:
    """A lock that threads get in the order in which they asked. `threading.Lock` lets whoever comes along push in."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._busy = False
        self._waiting: deque[threading.Event] = deque()

    def acquire(self, seconds: float) -> bool:
        with self._guard:
            if not self._busy:
                self._busy = True
                return True
            turn = threading.Event()
            self._waiting.append(turn)
        try:
            if turn.wait(seconds):
                return True
        except BaseException:
            self._leave(turn)
            raise
        return not self._leave(turn, keep=True)

    def release(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._busy = False

    def _leave(self, turn: threading.Event, keep: bool = False) -> bool:
        """Step out of the queue; False when the turn came at the last moment, which is passed on unless kept."""
        with self._guard:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return True
        if not keep:
            self.release()
        return False


class WriteLock:
    """The lock of one database file. Not re-entrant: a connection remembers whether it is its turn."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._threads = Queue()
        self._gate: int | None = None
        self._fd: int | None = None

    def acquire(self, seconds: float) -> bool:
        """Wait for the turn; False when `seconds` have passed."""
        if not self._threads.acquire(seconds):
            return False
        try:
            locked = self._lock_files(seconds)
        except BaseException:
            self._threads.release()
            raise
        if not locked:
            self._threads.release()
        return locked

    def _lock_files(self, seconds: float) -> bool:
        # Who waits for the lock waits inside the gate, so a process that has just let go cannot take it again first.
        if self._fd is None:
            self._fd = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            self._gate = os.open(self.path.with_name(self.path.name + "-gate"), os.O_RDWR | os.O_CREAT, 0o600)
        assert self._gate is not None
        if not _lock_file(self._gate, seconds):
            return False
        try:
            return _lock_file(self._fd, seconds)
        finally:
            _unlock_file(self._gate)

    def release(self) -> None:
        """Let the next writer in."""
        assert self._fd is not None
        try:
            _unlock_file(self._fd)
        finally:
            self._threads.release()

    def forget(self) -> None:
        """Start afresh in a forked child, whose copies of the files would otherwise share its parent's locks."""
        for fd in (self._fd, self._gate):
            if fd is not None:
                os.close(fd)
        self._fd = self._gate = None
        self._threads = Queue()


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
