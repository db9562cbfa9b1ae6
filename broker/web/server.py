"""The HTTP server: waitress, with room for every stream and 32 requests beside them.

Rules: one address; a taken port is one line; what exceeds the streams' cap is told 503 by the application, and never
hangs for want of a thread; who sends slowly or reads nothing is dropped.
"""

import contextlib
import errno
import logging
import socket
import threading

from flask import Flask
from waitress.server import create_server

from appliance.runtime.errors import CannotStart
from broker.web.app import MAX_BODY
from broker.web.config import WebSection
from broker.web.stream import Streams

logger = logging.getLogger(__name__)

SPARE_THREADS = 32
CONNECTIONS_BESIDE_STREAMS = 400
UNREAD_MS = 30_000
"""A peer that acknowledges nothing for this long is gone, or means harm."""


class WebServer:
    """Serves one application on one address until it is stopped."""

    def __init__(self, app: Flask, config: WebSection, streams: Streams) -> None:
        """Take the address. Raises CannotStart."""
        self._streams = streams
        self._socket = _listen(config.host, config.port)
        self.port: int = self._socket.getsockname()[1]
        proxy = {"trusted_proxy": config.proxy, "trusted_proxy_headers": {"x-forwarded-for"}} if config.proxy else {}
        self._server = create_server(
            app,
            sockets=[self._socket],
            threads=config.streams + SPARE_THREADS,
            connection_limit=config.streams + CONNECTIONS_BESIDE_STREAMS,
            channel_timeout=30,
            cleanup_interval=5,
            max_request_body_size=MAX_BODY,
            max_request_header_size=16 * 1024,
            outbuf_high_watermark=256 * 1024,
            ident="goiso",
            url_scheme="https" if config.https else "http",
            asyncore_use_poll=True,
            log_socket_errors=False,
            **proxy,
        )
        self._server.adj.socket_options = [
            (socket.SOL_TCP, socket.TCP_NODELAY, 1),
            (socket.SOL_TCP, socket.TCP_USER_TIMEOUT, UNREAD_MS),
        ]
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="web", daemon=True)

    def start(self) -> None:
        """Begin to serve, in a thread of its own."""
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether it serves."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """End the streams, let what is being answered be answered, and give the address back."""
        self._stopping = True
        self._streams.close()
        self._server.task_dispatcher.shutdown(cancel_pending=True, timeout=2)
        with contextlib.suppress(OSError):  # the server may wake by itself, hang up and be done before it is woken
            self._server.trigger.pull_trigger(self._hang_up)
        if self._thread.is_alive():
            self._thread.join(3)

    def _hang_up(self) -> None:
        """Close every connection, kept-alive ones too; on the server's own thread, whose loop then has nothing left."""
        for channel in list(self._server.active_channels.values()):
            channel.handle_close()
        self._server.close()

    def _run(self) -> None:
        try:
            self._server.run()
        except OSError:
            if not self._stopping:
                logger.exception("the web server ended")


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        reason = (
            "is in use by another program" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
        )
        raise CannotStart(f"web.port: {host}:{port} {reason}; stop that program or choose another port") from error
    return listener
