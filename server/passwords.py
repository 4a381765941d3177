"""Passwords as argon2id hashes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

# One at a time and always in the same thread: each takes its memory, and a rush of sign-ins must not multiply it.
_HASHING = ThreadPoolExecutor(max_workers=1, thread_name_prefix="passwords")


class Passwords:
    """Hashes and verifies passwords at one cost (by default the one OWASP names: 19 MiB, two passes)."""

    def __init__(self, time_cost: int = 2, memory_cost: int = 19456) -> None:
        self._hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_cost, parallelism=1)

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash("nobody signs in with this")

    def hashed(self, password: str) -> str:
        """What is kept of a password."""
        return _HASHING.submit(self._hasher.hash, password).result()

    def verified(self, kept: str | None, password: str) -> bool:
        """Whether a password is the one kept; takes as long when there is none."""
        try:
            return _HASHING.submit(self._hasher.verify, kept or self._nobody, password).result() and kept is not None
        except (Argon2Error, InvalidHashError):
            return False
