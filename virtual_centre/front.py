"""The one address of the virtual centre: /virtual comes from here, every other path from the hub, unchanged.

Rules: only the heads of requests are read; answers, also endless ones (SSE), pass through as the bytes they are. So the
hub's pages, cookies and API live under one origin with /virtual, which stays alive when the hub is killed. Listens on
loopback and answers to loopback's names only: a foreign page cannot reach it through a name of its own.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable

from virtual_centre.edge_loop import EdgeLoop
from virtual_centre.ports import HOST
from virtual_centre.pump import CHUNK, pump
from virtual_centre.request_head import LOOPBACK_NAMES, BadRequest, RequestHead, parse_head

HEAD_LIMIT = 1 << 16
OWN_PATH = "/virtual"

_AWAY = """\
<!doctype html><html lang="vi"><meta charset="utf-8"><title>goiso</title>
<h1>Hub đang tắt</h1><p>Máy chủ của trung tâm không trả lời. Bật lại ở <a href="/virtual">Trung tâm ảo</a>.</p>
<p lang="en">The hub is off. Start it again in the <a href="/virtual">virtual centre</a>.</p></html>
"""


class Front:
    """Serves `port`; passes /virtual on to port `page`, all else to port `hub` (both on loopback).

    `noticed(head, at)` is told of every request for the hub, with monotonic seconds; it must not block.
    """

    def __init__(
        self, loop: EdgeLoop, port: int, page: int, hub: int, noticed: Callable[[RequestHead, float], None]
    ) -> None:
        self._loop = loop
        self._port = port
        self._page = page
        self._hub = hub
        self._noticed = noticed
        self._server: asyncio.Server | None = None

    def start(self) -> None:
        """Listen. Raises OSError when the port is taken."""
        self._loop.call(self._listen())

    def stop(self) -> None:
        """Take no more requests."""
        self._loop.call(self._close())

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, HOST, self._port, limit=HEAD_LIMIT)

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visitor = _Visitor(reader, writer)
        try:
            while head := await visitor.next_request():
                if not await visitor.pass_on(*head, self._target(head[0])):
                    break
        except BadRequest as error:
            visitor.answer("400 Bad Request", f"{error}\n")
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the browser or the hub hung up in the middle: nothing more to say to either
        finally:
            visitor.close()

    def _target(self, head: RequestHead) -> int:
        if head.host not in LOOPBACK_NAMES:
            raise BadRequest("this is a demonstration for one machine: open it as http://127.0.0.1")
        if head.path == OWN_PATH or head.path.startswith(OWN_PATH + "/"):
            return self._page
        self._noticed(head, time.monotonic())
        return self._hub


class _Visitor:
    """One browser connection, and the server its last request went to."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._target = 0
        self._upstream: asyncio.StreamWriter | None = None
        self._answers: asyncio.Task[None] | None = None

    async def next_request(self) -> tuple[RequestHead, bytes] | None:
        """The next request's head, parsed and raw; None when the browser has no more."""
        ended = [self._answers] if self._answers else []
        reading = asyncio.create_task(self._reader.readuntil(b"\r\n\r\n"))
        try:
            await asyncio.wait([reading, *ended], return_when=asyncio.FIRST_COMPLETED)
            if not reading.done():  # the server ended its answer by hanging up: so do we
                return None
            raw = reading.result()
        except asyncio.IncompleteReadError:
            return None
        finally:
            reading.cancel()
        return parse_head(raw), raw

    async def pass_on(self, head: RequestHead, raw: bytes, target: int) -> bool:
        """Send one request to `target`; False when this was the last one (nobody is there, or it has hung up)."""
        if self._answers is not None and self._answers.done():
            return False
        if target != self._target:
            try:
                await self._connect(target)
            except OSError:
                self.answer("503 Service Unavailable", _AWAY)
                return False
        upstream = self._upstream
        if upstream is None:
            return False
        upstream.write(raw)
        await self._copy_body(head, upstream)
        return True

    async def _connect(self, target: int) -> None:
        """A browser asks again only after the last answer has come, so the former server has nothing left to say."""
        self._leave()
        reader, self._upstream = await asyncio.open_connection(HOST, target)
        self._target = target
        self._answers = asyncio.create_task(pump(reader, self._writer))

    async def _copy_body(self, head: RequestHead, upstream: asyncio.StreamWriter) -> None:
        if head.chunked:
            await self._copy_chunks(upstream)
        left = head.length
        while left:
            piece = await self._reader.readexactly(min(left, CHUNK))
            left -= len(piece)
            upstream.write(piece)
            await upstream.drain()

    async def _copy_chunks(self, upstream: asyncio.StreamWriter) -> None:
        while True:
            line = await self._reader.readuntil(b"\r\n")
            try:
                size = int(line.split(b";")[0], 16)
            except ValueError:
                raise BadRequest("a chunk without a size") from None
            upstream.write(line)
            if size == 0:
                upstream.write(await self._reader.readuntil(b"\r\n"))
                return
            upstream.write(await self._reader.readexactly(size + 2))
            await upstream.drain()

    def answer(self, status: str, text: str) -> None:
        """Answer the browser from here, and hang up after it."""
        body = text.encode()
        kind = "text/html" if text.startswith("<") else "text/plain"
        self._writer.write(
            f"HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
            "Content-Security-Policy: default-src 'none'\r\nX-Content-Type-Options: nosniff\r\n"
            "Cache-Control: no-store\r\nConnection: close\r\n\r\n".encode()
            + body
        )

    def _leave(self) -> None:
        if self._answers is not None:
            self._answers.cancel()
        if self._upstream is not None:
            self._upstream.close()
        self._answers = self._upstream = None

    def close(self) -> None:
        """Hang up on both sides, once what was written is out."""
        self._leave()
        with contextlib.suppress(OSError):
            self._writer.close()
