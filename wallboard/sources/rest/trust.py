"""Whom a connection believes that he is who he says."""

from __future__ import annotations

from wallboard.domain.value import value


@value
class Trust:
    """Whom to believe that he is who he says, and who we are.

    Attributes:
        ca: Path of the certificates to trust. Empty means those of the system.
        pin: SHA-256 of the one certificate to trust, as 64 hexadecimal digits. Empty for none.
        certificate, key: Paths of what proves who we are. Empty if nobody asks.
    """

    ca: str = ""
    pin: str = ""
    certificate: str = ""
    key: str = ""
