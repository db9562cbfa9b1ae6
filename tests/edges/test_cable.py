"""A cable that is cut or pulled does to a real connection what a broken network does, and nothing else."""

import socket
from collections.abc import Iterator

import pytest

from tests.waiting import PATIENT_S
from virtual_centre.cable import Cable
from virtual_centre.edge_loop import EdgeLoop
from virtual_centre.ports import HOST

SILENT_S = 0.2


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server((HOST, 0)) as server:
        server.settimeout(PATIENT_S)
        yield server


@pytest.fixture
def cable(listener: socket.socket) -> Iterator[Cable]:
    with EdgeLoop() as loop, Cable(loop, listener.getsockname()[1]) as cable:
        yield cable


def connect(cable: Cable) -> socket.socket:
    return socket.create_connection((HOST, cable.port), timeout=PATIENT_S)


def receive(connection: socket.socket, count: int) -> bytes:
    got = b""
    while len(got) < count and (chunk := connection.recv(count - len(got))):
        got += chunk
    return got


def is_over(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) == b""
    except ConnectionError:
        return True


def test_a_whole_cable_carries_every_byte_both_ways(cable: Cable, listener: socket.socket) -> None:
    payload = bytes(range(256)) * 4000
    with connect(cable) as near:
        far, _ = listener.accept()
        with far:
            far.settimeout(PATIENT_S)
            near.sendall(payload)
            assert receive(far, len(payload)) == payload
            far.sendall(b"answer")
            assert receive(near, 6) == b"answer"


def test_a_pulled_cable_is_silent_and_delivers_what_was_under_way_once_it_is_back(
    cable: Cable, listener: socket.socket
) -> None:
    with connect(cable) as near:
        far, _ = listener.accept()
        with far:
            near.sendall(b"before")
            assert receive(far, 6) == b"before"
            cable.pull()
            near.sendall(b"while pulled")
            far.settimeout(SILENT_S)
            with pytest.raises(TimeoutError):
                far.recv(1)
            cable.mend()
            far.settimeout(PATIENT_S)
            assert receive(far, 12) == b"while pulled"


def test_whoever_connects_through_a_pulled_cable_waits_until_it_is_back(cable: Cable, listener: socket.socket) -> None:
    cable.pull()
    with connect(cable) as near:
        near.sendall(b"hello")
        listener.settimeout(SILENT_S)
        with pytest.raises(TimeoutError):
            listener.accept()
        cable.mend()
        listener.settimeout(PATIENT_S)
        far, _ = listener.accept()
        with far:
            assert receive(far, 5) == b"hello"


def test_a_cut_cable_ends_connections_and_refuses_new_ones_until_it_is_mended(
    cable: Cable, listener: socket.socket
) -> None:
    with connect(cable) as near:
        far, _ = listener.accept()
        with far:
            cable.cut()
            assert is_over(near)
            far.settimeout(PATIENT_S)
            assert is_over(far)
    with pytest.raises(ConnectionRefusedError):
        connect(cable)
    cable.mend()
    with connect(cable):
        listener.accept()[0].close()


def test_when_the_far_end_hangs_up_the_near_end_hears_it(cable: Cable, listener: socket.socket) -> None:
    with connect(cable) as near:
        listener.accept()[0].close()
        assert is_over(near)
