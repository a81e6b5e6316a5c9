"""Stamps of an authority that a seal was there at a moment (RFC 3161); an extra.

What is stamped is a line's own digest, so any program checks a stamp against the seal as printed:
`openssl ts -verify -digest SEAL -in N.tsr -CAfile tsa.pem`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import Final

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    TimeStampTokenInfo,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from crawler.evidence.seal import Line, text_of
from crawler.failure import Told

LARGEST: Final = 64 * 1024
# bytes of an answer: one with its certificates has 2 to 8 thousand
GRANTED: Final = 0
# PKIStatus (RFC 3161, 2.4.2); what was granted with modifications is no stamp of what we asked

Roots = tuple[Certificate, ...]


class NoStamp(Told):
    """An answer that is no stamp of this seal, or a file that holds no certificate; in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an authority is sent."""

    body: bytes
    # DER of a TimeStampReq
    nonce: int
    # drawn for it: an answer to another question has another


def ask(line: Line) -> Asked:
    """The question for a stamp of a line's digest."""
    request = (
        TimestampRequestBuilder().data(text_of(line)).hash_algorithm(HashAlgorithm.SHA256).build()
    )
    if request.nonce is None:
        raise AssertionError("the builder draws one")
    return Asked(body=request.as_bytes(), nonce=request.nonce)


def roots_in(pem: bytes) -> Roots:
    """The root certificates of a file. Raises NoStamp where there is none in it."""
    try:
        return tuple(load_pem_x509_certificates(pem))
    except ValueError:
        raise NoStamp("holds no certificate (PEM: -----BEGIN CERTIFICATE-----)") from None


def check(
    answer: bytes,
    seal: str,
    roots: Roots | None,
    *,
    nonce: int | None = None,
) -> str:
    """When an authority had this seal (a line's digest): UTC, "2025-05-10T07:30:00Z".

    Without `roots` only what it is a stamp of is looked at, not who signed it. Raises NoStamp.
    """
    response, told = _decoded(answer)
    if told.message_imprint.message.hex() != seal:
        raise NoStamp("is the stamp of another seal")
    if roots is not None:
        _signed(response, seal, roots, nonce)
    return f"{told.gen_time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _decoded(answer: bytes) -> tuple[TimeStampResponse, TimeStampTokenInfo]:
    """The answer and what it says; the library reads the latter only when it is asked."""
    try:
        response = decode_timestamp_response(answer[:LARGEST])
        told = response.tst_info if response.status == GRANTED else None
        said = "; ".join(response.status_string) or f"status {response.status}"
    except ValueError:
        raise NoStamp("is no stamp that can be read") from None
    if told is None:
        raise NoStamp("was refused by the authority: {said}", said=said[:200])
    return response, told


def _signed(response: TimeStampResponse, seal: str, roots: Roots, nonce: int | None) -> None:
    builder = VerifierBuilder(roots=list(roots), nonce=nonce)
    try:
        builder.build().verify(response, bytes.fromhex(seal))
    except (VerificationError, ValueError) as error:
        raise NoStamp("is not signed by the authority of stamp_ca ({why})", why=error) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Looks stamps over, with certificates or without."""

    roots: Roots | None
    # None: who signed is not looked at

    @property
    def signatures(self) -> bool:
        """Whether it looks at who signed."""
        return self.roots is not None

    def moment(self, answer: bytes, seal: str) -> str:
        """UTC of an authority's answer for a seal. Raises NoStamp."""
        return check(answer, seal, self.roots)
