"""Which phones are remotes: a key that works once, shortly and for one phone, and the phones that have used one.

Keys and cookies are 128 random bits; only their hashes are kept. Real time comes in as a clock.
"""

import base64
import hmac
import secrets
from collections.abc import Callable
from hashlib import sha256

from server.guard import Bucket
from server.refusals import No

LASTS = 120.0
"""Seconds for which a key is good."""

MOST = 4
"""Phones that may lead a café together."""


class Pairing:
    """The key that is good now, and the phones that are remotes."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._key, self._until = b"", 0.0
        self._phones: list[bytes] = []
        self._wrong = Bucket(10, 6)

    def offer(self) -> str:
        """A new key, in the letters that make a small code; the one before it is no good any more."""
        key = base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=")
        self._key, self._until = _hash(key), self._clock() + LASTS
        return key

    def shut(self) -> None:
        """No key is good any more."""
        self._key = b""

    @property
    def open(self) -> bool:
        """Whether a key is good now."""
        return bool(self._key) and self._clock() < self._until

    def take(self, key: str) -> str:
        """Spends the key; gives the word by which the phone is known from now on. Refused when it is no good."""
        if not self.open or not hmac.compare_digest(_hash(key), self._key):
            raise self._guessed("wrong_key")
        self.shut()
        word = secrets.token_urlsafe(16)
        self._phones = [*self._phones, _hash(word)][-MOST:]
        return word

    def check(self, word: str) -> str:
        """The name of a phone that is a remote. Refused for every other one; who guesses is made to wait."""
        told = _hash(word)
        if any(hmac.compare_digest(told, phone) for phone in self._phones):
            return told.hex()
        raise self._guessed("no_remote_phone") if word else No("no_remote_phone")

    @property
    def phones(self) -> int:
        """How many phones are remotes."""
        return len(self._phones)

    def end(self) -> None:
        """No phone is a remote any more, and none can become one without a new key."""
        self.shut()
        self._phones = []

    def _guessed(self, no: str) -> No:
        wait = self._wrong.take(self._clock())
        return No("too_many_keys", wait) if wait else No(no)


def _hash(word: str) -> bytes:
    return sha256(word.encode("utf-8", "replace")).digest()
