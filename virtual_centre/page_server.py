"""The HTTP server behind the front: waitress on loopback, on a thread of its own, that ends when it is told to."""

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import waitress.server

from virtual_centre.ports import HOST

CONNECTIONS = 200


class PageServer:
    """Serves a WSGI `app` with `threads` threads on a free port, known at once. Takes requests after `start()`."""

    def __init__(self, app: Callable[..., Any], threads: int) -> None:
        self._sockets: dict[int, Any] = {}
        self._server = waitress.server.create_server(
            app,
            map=self._sockets,
            host=HOST,
            port=0,
            threads=threads,
            connection_limit=CONNECTIONS,
            asyncore_use_poll=True,
            ident=None,
        )
        self.port = int(self._server.effective_port)
        self._thread = threading.Thread(target=self._server.run, name="page-server", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Hang up on everybody and end the threads; a thread that is in an endless answer ends with its next piece."""
        with contextlib.suppress(OSError):  # the server may wake by itself and be done before it is woken
            self._server.trigger.pull_trigger(self._close_all)  # its own thread: nobody else may touch its sockets
        self._thread.join()
        self._server.task_dispatcher.shutdown(timeout=1)

    def _close_all(self) -> None:
        for part in list(self._sockets.values()):
            part.close()
