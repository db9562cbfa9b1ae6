"""Where simulated parts are seen and touched: the far end of every box's `appliance.runtime.stage.Stage`.

Frames are those of `appliance.runtime.stage_frames`. Rules: loopback only; a frame that is none ends that connection,
nothing else.
"""

import asyncio
import logging
import time
from typing import Any

from appliance.runtime.stage_frames import LINE_LIMIT, BrokenFrame, pack_act, parse_head
from virtual_centre.edge_loop import EdgeLoop
from virtual_centre.gallery import Gallery
from virtual_centre.ports import HOST

logger = logging.getLogger(__name__)

PRESENCE = "presence"
"""The kind of what the server itself shows of a device: whether it is connected."""


class StageServer:
    """Puts what boxes send into `gallery`, and sends hands' work back to them. Its `port` is known after `start()`."""

    def __init__(self, loop: EdgeLoop, gallery: Gallery) -> None:
        self.port = 0
        self._loop = loop
        self._gallery = gallery
        self._server: asyncio.Server | None = None
        self._boxes: dict[str, asyncio.StreamWriter] = {}

    def start(self) -> None:
        """Listen."""
        self._loop.call(self._listen())

    def stop(self) -> None:
        """Stop listening and hang up on every box."""
        self._loop.call(self._close())

    def send(self, device: str, part: str, kind: str, **what: Any) -> bool:
        """Let a hand do something at `device`; False when it is not there."""
        box = self._boxes.get(device)
        if box is None:
            return False
        self._loop.soon(box.write, pack_act(part, kind, **what))
        return True

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, HOST, self.port, limit=LINE_LIMIT)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
        for box in self._boxes.values():
            box.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        devices: set[str] = set()
        try:
            while line := await reader.readline():
                head = parse_head(line)
                body = await reader.readexactly(head.size)
                if head.device not in devices:  # first of all: whoever sees what it shows may touch it
                    devices.add(head.device)
                    self._boxes[head.device] = writer
                    self._tell(head.device, connected=True)
                self._gallery.show(head.device, head.part, head.kind, time.monotonic(), head.facts, body)
        except (BrokenFrame, ValueError) as error:  # ValueError: a line without end
            logger.warning("a box sent what is no frame: %s", error)
        except (OSError, asyncio.IncompleteReadError):
            pass  # the box died in the middle of a frame: nothing to keep
        finally:
            writer.close()
            for device in devices:
                if self._boxes.get(device) is writer:
                    del self._boxes[device]
                    self._tell(device, connected=False)

    def _tell(self, device: str, connected: bool) -> None:
        self._gallery.show(device, "box", PRESENCE, time.monotonic(), {"connected": connected})
