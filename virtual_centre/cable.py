"""A network cable between one box and the bus: a TCP proxy that can be cut, pulled and mended.

Rules: `pull` is what a hand does (nothing passes, nobody is told, bytes under way arrive once it is back in); `cut` is
what a dying switch does (connections reset, new ones refused). Neither loses or repeats a byte of a living connection.
"""

import asyncio

from virtual_centre.edge_loop import EdgeLoop
from virtual_centre.ports import HOST
from virtual_centre.pump import drop, pump


class Cable:
    """A cable to `target` (a port on loopback). Connect to `port`, known after `start()`."""

    def __init__(self, loop: EdgeLoop, target: int) -> None:
        self.port = 0
        self._loop = loop
        self._target = target
        self._server: asyncio.Server | None = None
        self._passing = asyncio.Event()
        self._passing.set()
        self._ends: set[asyncio.StreamWriter] = set()

    def start(self) -> None:
        """Plug it in at both ends."""
        self._loop.call(self._listen())

    def pull(self) -> None:
        """Nothing passes any more; connections stay, new ones are taken and stay silent."""
        self._loop.soon(self._passing.clear)

    def cut(self) -> None:
        """Every connection is reset, new ones are refused. Returns when it is so."""
        self._loop.call(self._close())

    def mend(self) -> None:
        """All passes again, what was held back first."""
        self._loop.call(self._mend())

    def stop(self) -> None:
        """Take it away."""
        self._loop.call(self._close())

    def __enter__(self) -> "Cable":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._carry, HOST, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _mend(self) -> None:
        self._passing.set()
        if self._server is None:
            await self._listen()

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for end in self._ends:
            drop(end)

    async def _carry(self, near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        self._ends.add(near_out)
        try:
            await self._passing.wait()
            far_in, far_out = await asyncio.open_connection(HOST, self._target)
        except OSError:
            self._ends.discard(near_out)
            drop(near_out)
            return
        self._ends.add(far_out)
        try:
            # Whichever side ends first ends the other: half a connection is of no use to MQTT.
            ways = [asyncio.create_task(pump(near_in, far_out, self._passing))]
            ways.append(asyncio.create_task(pump(far_in, near_out, self._passing)))
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ways:
                way.cancel()
        finally:
            for end in (near_out, far_out):
                self._ends.discard(end)
                end.close()
