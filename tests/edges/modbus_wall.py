"""Somebody else's Modbus RTU server at the far end of a serial line: two pseudo terminals and the wire between them."""

import asyncio
import os
import pty
import selectors
import threading
import tty
from types import TracebackType
from typing import Self

from pymodbus.server import ModbusSerialServer
from pymodbus.simulator import DataType, SimData, SimDevice

BLANK = [0x2020, 0x2020]
READ_HOLDING, WRITE_MULTIPLE = 3, 16


class Wire:
    """Bytes from one port to the other and back, with the misfortunes of a real one."""

    def __init__(self) -> None:
        self._ends = [pty.openpty(), pty.openpty()]
        for end in self._ends:
            for side in end:
                tty.setraw(side)
        self.board, self.server = (os.ttyname(port) for _, port in self._ends)
        self.echo = False
        self.noise = b""
        self.swallow = 0
        """How many bytes of the board get lost from now on: half a frame arrives."""
        self._woken, self._wake = os.pipe()
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self._thread.start()

    def close(self) -> None:
        os.write(self._wake, b"!")
        self._thread.join(5)
        for side in (*self._ends[0], *self._ends[1], self._woken, self._wake):
            os.close(side)

    def _carry(self) -> None:
        (board, _), (server, _) = self._ends
        with selectors.DefaultSelector() as ready:
            for side in (board, server, self._woken):
                ready.register(side, selectors.EVENT_READ)
            while True:
                for key, _ in ready.select():
                    if key.fd == self._woken:
                        return
                    data = os.read(key.fd, 4096)
                    if key.fd == server:
                        os.write(board, data)
                        continue
                    if self.echo:
                        os.write(board, data)
                    lost, self.swallow = min(len(data), self.swallow), max(0, self.swallow - len(data))
                    os.write(server, self.noise + data[lost:])


class ModbusWall:
    """Panels that are holding registers of pymodbus: four ASCII signs from register 0 on."""

    def __init__(self, *addresses: int) -> None:
        self.wire = Wire()
        self._addresses = addresses
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(20)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._thread.join(10)
        self.wire.close()

    def text(self, address: int) -> str:
        """What the panel at `address` shows."""
        asked = self._server.async_getValues(address, READ_HOLDING, 0, 2)
        registers = asyncio.run_coroutine_threadsafe(asked, self._loop).result(10)
        return b"".join(int(each).to_bytes(2, "big") for each in registers).decode("ascii").strip()

    def forget(self, address: int) -> None:
        """The panel lost its power for a moment."""
        told = self._server.async_setValues(address, WRITE_MULTIPLE, 0, BLANK)
        asyncio.run_coroutine_threadsafe(told, self._loop).result(10)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._live())

    async def _live(self) -> None:
        registers = SimData(0, values=BLANK, datatype=DataType.REGISTERS)
        devices = [SimDevice(address, registers) for address in self._addresses]
        self._server = ModbusSerialServer(devices, port=self.wire.server, baudrate=9600, ignore_missing_devices=True)
        await self._server.serve_forever(background=True)
        self._ready.set()
        await self._server.serving

    async def _stop(self) -> None:
        await self._server.shutdown()  # type: ignore[no-untyped-call]  # because pymodbus left its types out here
