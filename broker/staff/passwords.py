"""Passwords: how good one must be, and argon2id.

Rules: m = 19 MiB, t = 2, p = 1; never more than two hashes at a time, so that a flood of logins costs 38 MiB and two
cores at most; an unknown name takes as long as a known one.
"""

import ctypes
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MIN_LENGTH = 12
_MAX_LENGTH = 256
_WEAK_PARTS = ("password", "matkhau", "mat khau", "mật khẩu", "qwerty", "abc123", "admin", "goiso", "123456", "112233")
_QUEUE_FOR_A_HASH_S = 5.0
_M_MMAP_THRESHOLD = -3


class BusyError(RuntimeError):
    """Too many logins at once: try again in a moment."""


def weakness(password: str, name: str) -> str:
    """Why `password` is not good enough for the account `name`; empty when it is."""
    plain = password.casefold()
    if len(password) < MIN_LENGTH:
        return "short"
    if len(password) > _MAX_LENGTH:
        return "long"
    if len(set(plain)) < 6 or re.fullmatch(r"(.{1,6})\1+", plain):
        return "repeats"
    if name.casefold() in plain or any(part in plain for part in _WEAK_PARTS):
        return "guessable"
    return ""


def _give_big_blocks_back() -> None:
    """Have glibc map blocks of a megabyte and more one by one, and unmap them when they are freed.

    By itself it learns from the first hash to keep 19 MiB per thread for the next one, for ever.
    """
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_M_MMAP_THRESHOLD, 1024 * 1024)


class Passwords:
    """Makes and checks argon2id hashes."""

    def __init__(self) -> None:
        self._slots = threading.BoundedSemaphore(2)

    @cached_property
    def _hasher(self) -> "PasswordHasher":
        from argon2 import PasswordHasher, Type  # noqa: PLC0415  # because a hub where nobody logs in needs no argon2

        _give_big_blocks_back()
        return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash("nobody has this password")

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._slots.acquire(timeout=_QUEUE_FOR_A_HASH_S):
            raise BusyError("two passwords are being checked already")
        try:
            yield
        finally:
            self._slots.release()

    def hash(self, password: str) -> str:
        """The hash to store. Raises BusyError."""
        with self._slot():
            return self._hasher.hash(password)

    def matches(self, hashed: str, password: str) -> bool:
        """Whether `password` belongs to `hashed`; an empty `hashed` takes as long, in vain. Raises BusyError."""
        from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415  # because of the same

        with self._slot():
            try:
                right = self._hasher.verify(hashed or self._nobody, password)
            except (VerificationError, InvalidHashError):
                return False
        return right and bool(hashed)
