# SPDX-License-Identifier: Apache-2.0
"""Encrypted connections."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import grpc


@dataclass(frozen=True)
class Tls:
    """TLS of a client's connections; with a certificate of its own, mutual TLS.

    Files are read when a process first connects.

    Attributes:
        roots: PEM file of the authorities that may have signed the server's certificate. None:
            those that come with gRPC.
        certificate: PEM file of the client's own certificate chain.
        key: PEM file of that certificate's private key.
        server_name: name that the server's certificate must have, where it is not the target's.
    """

    roots: str | os.PathLike[str] | None = None
    certificate: str | os.PathLike[str] | None = None
    key: str | os.PathLike[str] | None = None
    server_name: str | None = None

    def __post_init__(self) -> None:
        """Checks that certificate and key come together.

        Raises:
            ValueError: one comes without the other.
        """
        if (self.certificate is None) != (self.key is None):
            lacking = "key" if self.key is None else "certificate"
            raise ValueError(f"tls.{lacking}: None (expected: certificate and key, or neither)")

    @classmethod
    def from_environment(cls) -> Tls | None:
        """From ``GCPO_TLS_ROOTS``, ``GCPO_TLS_CERTIFICATE`` and ``GCPO_TLS_KEY``; None without."""
        names = ("GCPO_TLS_ROOTS", "GCPO_TLS_CERTIFICATE", "GCPO_TLS_KEY")
        roots, certificate, key = (os.environ.get(name) or None for name in names)
        return cls(roots, certificate, key) if roots or certificate or key else None

    def credentials(self) -> grpc.ChannelCredentials:
        """What gRPC takes.

        Raises:
            ValueError: a file that cannot be read, or is none of PEM.
        """
        return grpc.ssl_channel_credentials(
            _read("roots", self.roots),
            _read("key", self.key),
            _read("certificate", self.certificate),
        )


def _read(name: str, file: str | os.PathLike[str] | None) -> bytes | None:
    if file is None:
        return None
    kind = "PRIVATE KEY" if name == "key" else "CERTIFICATE"
    try:
        content = Path(file).read_bytes()
    except OSError as wrong:
        raise ValueError(f"tls.{name}: {file} (expected: a readable PEM file; {wrong})") from wrong
    # gRPC takes anything; the calls would fail one after the other, and not say why.
    if f"{kind}-----".encode() not in content:
        raise ValueError(f"tls.{name}: {file} (expected: a PEM file with a {kind})")
    return content
