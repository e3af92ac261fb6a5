"""Digests, and sealing: what is kept can be read by nobody who does not hold the very draft it is about."""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hashlib import blake2b, shake_256
else:
    try:  # without OpenSSL, which takes longer to load than everything else in a hit
        from _blake2 import blake2b
        from _sha3 import shake_256
    except ImportError:
        from hashlib import blake2b, shake_256

__all__ = ["blake2b", "digest", "opened", "sealed"]

_NONCE, _CHECK = 16, 16


def digest(purpose: bytes, *parts: bytes) -> bytes:
    """Return 32 bytes that stand for the parts, each by itself, and for one purpose (at most 16 bytes) only."""
    made = blake2b(digest_size=32, person=purpose)
    for part in parts:
        made.update(b"%d:" % len(part))
        made.update(part)
    return made.digest()


def sealed(data: bytes, key: bytes) -> bytes:
    """Return data that only somebody with the key (32 bytes) can read, and that tells when it was changed."""
    nonce = os.urandom(_NONCE)
    return nonce + _crossed(_check(data, key) + data, key + nonce)


def opened(data: bytes, key: bytes) -> bytes | None:
    """Return what was sealed with the key; None where it is damaged, cut off, or sealed with another."""
    if len(data) < _NONCE + _CHECK:
        return None
    plain = _crossed(data[_NONCE:], key + data[:_NONCE])
    return plain[_CHECK:] if plain[:_CHECK] == _check(plain[_CHECK:], key) else None


def _check(data: bytes, key: bytes) -> bytes:
    return blake2b(data, digest_size=_CHECK, key=key, person=b"check").digest()


def _crossed(data: bytes, key: bytes) -> bytes:
    # As one number each: a thousand times as fast as byte by byte.
    stream = shake_256(key).digest(len(data))
    return (int.from_bytes(data) ^ int.from_bytes(stream)).to_bytes(len(data))
