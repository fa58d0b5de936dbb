"""A keyring that lives as long as a test."""

from __future__ import annotations

from keyring.backend import KeyringBackend


class InMemory(KeyringBackend):
    """Keeps what it is given.

    Attributes:
        kept: By service and entry.
    """

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep one."""
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        """Return one. None if it is not kept."""
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        """Forget one."""
        del self.kept[service, username]
