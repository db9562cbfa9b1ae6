"""Keeps one long document of the hub fresh over HTTP, with the last good copy on disk.

Rules: a box has the document from its first second, hub or no hub (the copy is read at `start`); nothing here waits for
anybody: one thread fetches and tells; a broken answer or a broken copy changes nothing.
"""

import http
import http.client
import logging
import os
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import msgspec

from appliance.runtime.health import Changed

logger = logging.getLogger(__name__)

TIMEOUT_S = 5.0
LARGEST = 2_000_000
FIRST_PAUSE_S = 0.5
LAST_PAUSE_S = 30.0


class Revised(Protocol):
    """What such a document has."""

    @property
    def revision(self) -> str:
        """Which issue of it this is."""


D = TypeVar("D", bound=Revised)


class _Copy(msgspec.Struct):
    """The file on disk: the hub's answer as it came."""

    etag: str
    body: msgspec.Raw


class HubDocument(Generic[D]):
    """Fetches the document at `url` when it is missing or another revision is wanted.

    `name` stands in the log; `read` raises msgspec.DecodeError for what is no such document; `copy` is the file that
    keeps the last one; `tell` gets it, from the caller's thread at `start`, later from the fetching thread.
    """

    def __init__(self, name: str, url: str, read: Callable[[bytes], D], copy: Path, tell: Callable[[D], None]) -> None:
        self._url = url
        self._read = read
        self._copy = copy
        self._tell = tell
        self._etag = ""
        self._revision = ""
        self._wanted: str | None = None
        self._changed = threading.Condition()
        self._closed = False
        self._said = Changed(logger, name)
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Tell the copy, if there is one, and ask the hub whether it is still good."""
        self._read_copy()
        self._wanted = ""
        self._thread.start()

    def want(self, revision: str) -> None:
        """The hub has `revision` now: fetch it unless it is here."""
        with self._changed:
            if revision != self._revision:
                self._wanted = revision
                self._changed.notify()

    def stop(self) -> None:
        """End the thread; a fetch under way is left to itself."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _run(self) -> None:
        pause = FIRST_PAUSE_S
        while not self._closed:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._wanted is not None)
                wanted, self._wanted = self._wanted, None
            if self._closed or wanted is None or (wanted and wanted == self._revision):
                continue
            if self._fetch():
                pause = FIRST_PAUSE_S
                continue
            with self._changed:
                self._wanted = wanted if self._wanted is None else self._wanted
                self._changed.wait_for(lambda: self._closed, pause)
            pause = min(2 * pause, LAST_PAUSE_S)

    def _fetch(self) -> bool:
        """Whether the hub answered, with a new document or that ours is still good."""
        request = urllib.request.Request(self._url, headers={"If-None-Match": self._etag} if self._etag else {})  # noqa: S310  # because HubSection allows http and https only
        try:
            with self._opener.open(request, timeout=TIMEOUT_S) as answer:
                self._take(answer.read(LARGEST), answer.headers.get("ETag", ""))
        except urllib.error.HTTPError as error:
            if error.code != http.HTTPStatus.NOT_MODIFIED:
                self._said.say("degraded", f"{self._url} answers {error.code}")
                return False
        except (OSError, http.client.HTTPException, msgspec.DecodeError) as error:
            self._said.say("degraded", f"{self._url}: {error}")
            return False
        self._said.say("ready")
        return True

    def _take(self, body: bytes, etag: str) -> None:
        document = self._read(body)
        self._etag, self._revision = etag, document.revision
        self._write_copy(msgspec.json.encode(_Copy(etag, msgspec.Raw(body))))
        self._tell(document)

    def _read_copy(self) -> None:
        try:
            copy = msgspec.json.decode(self._copy.read_bytes(), type=_Copy)
            document = self._read(bytes(copy.body))
        except FileNotFoundError:
            return
        except (OSError, msgspec.DecodeError) as error:
            logger.warning("%s cannot be used: %s; asking the hub", self._copy, error)
            return
        self._etag, self._revision = copy.etag, document.revision
        self._tell(document)

    def _write_copy(self, content: bytes) -> None:
        fresh = self._copy.with_suffix(".new")
        try:
            with fresh.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._copy)
        except OSError as error:
            logger.warning("%s was not kept: %s", self._copy, error)
