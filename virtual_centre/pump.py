"""Bytes from one stream to another, the way a wire carries them."""

import asyncio

CHUNK = 65536


async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter, gate: asyncio.Event | None = None) -> None:
    """Copy until either side ends; while `gate` is clear, what has come is held back. Ends the sink's direction."""
    try:
        while chunk := await source.read(CHUNK):
            if gate is not None:
                await gate.wait()
            sink.write(chunk)
            await sink.drain()
        if sink.can_write_eof():
            sink.write_eof()
    except OSError:
        return  # the other end is gone: so is what it was told


def drop(writer: asyncio.StreamWriter) -> None:
    """Close a connection at once; what was not sent is lost."""
    writer.transport.abort()
