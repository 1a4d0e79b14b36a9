"""Costly work for strangers: only so much of it at once, and a plain "busy" for the rest."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class BusyError(Exception):
    """All slots are taken; whoever asked should try again in a moment."""


class Slots:
    """So many at once in this process. `patience`: seconds to wait for one; short, for whoever waits holds a thread."""

    def __init__(self, number: int, *, patience: float = 2.0) -> None:
        self._free = threading.BoundedSemaphore(number)
        self._patience = patience

    @contextmanager
    def one(self) -> Iterator[None]:
        """Hold a slot while the block runs. Raises `BusyError`."""
        if not self._free.acquire(timeout=self._patience):
            raise BusyError
        try:
            yield
        finally:
            self._free.release()
