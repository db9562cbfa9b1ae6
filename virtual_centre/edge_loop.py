"""One thread with an asyncio loop, for everything of the virtual centre that only moves bytes between sockets.

Rules: nothing that computes or blocks runs here, so that a proxied message is passed on within microseconds.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class EdgeLoop:
    """The thread. Start it before anything that takes it as an argument; stopping it ends all that runs on it."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="edge-loop", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def call(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the loop and return its result here."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def soon(self, function: Callable[..., object], *arguments: object) -> None:
        """Call `function` on the loop's thread, from any thread; does not wait."""
        self._loop.call_soon_threadsafe(function, *arguments)

    def stop(self) -> None:
        """Cancel everything on the loop and end the thread."""
        self.soon(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __enter__(self) -> "EdgeLoop":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
