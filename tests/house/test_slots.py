"""Only so much at once."""

import threading

import pytest

from qingli.lib.slots import BusyError, Slots


def test_who_finds_no_slot_is_told_and_a_slot_comes_back_whatever_happened() -> None:
    slots = Slots(2, patience=0.01)
    with slots.one(), slots.one(), pytest.raises(BusyError), slots.one():
        pass
    for _ in range(3):
        with pytest.raises(ValueError, match="bad plan"), slots.one():
            raise ValueError("bad plan")
    with slots.one(), slots.one():
        pass


def test_a_little_patience_is_enough_for_a_short_turn() -> None:
    slots, begun, end = Slots(1, patience=10), threading.Event(), threading.Event()

    def work() -> None:
        with slots.one():
            begun.set()
            end.wait(10)

    thread = threading.Thread(target=work)
    thread.start()
    assert begun.wait(10)
    threading.Timer(0.05, end.set).start()
    with slots.one():
        assert end.is_set()
    thread.join()
