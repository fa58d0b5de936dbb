"""The ways out that there are, one row each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wallboard.delivery import mail, service, webhook
from wallboard.delivery.way import WayKind

WAY_KINDS: Final[Mapping[str, WayKind]] = {
    kind.key: kind for kind in (mail.KIND, webhook.KIND, service.KIND)
}
"""By their keys."""
