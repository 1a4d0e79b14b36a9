"""Browsers keep connections open; whoever comes next is answered all the same."""

import socket
import urllib.request
from contextlib import ExitStack
from urllib.parse import urlsplit

from tests.journeys.house import House

VISITORS = 120


def test_many_kept_connections_shut_nobody_out(house: House) -> None:
    place = urlsplit(house.address)
    assert place.hostname
    assert place.port
    asked = f"GET /help/ HTTP/1.1\r\nHost: {place.hostname}\r\n\r\n".encode()
    with ExitStack() as open_ones:
        for _ in range(VISITORS):
            kept = open_ones.enter_context(socket.create_connection((place.hostname, place.port), timeout=10))
            kept.sendall(asked)
            assert kept.recv(20).startswith(b"HTTP/1.1 200")
        with urllib.request.urlopen(f"{house.address}/help/", timeout=10) as answer:
            assert answer.status == 200
