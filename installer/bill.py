"""Writes the bill of materials of a release: what it holds, as CycloneDX in JSON."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from holdings import Part

# An expression of SPDX: names, joined by AND, OR and WITH. What is none is told as a name.
_EXPRESSION: Final = re.compile(r"[A-Za-z0-9.+()-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+()-]+)*")
_OURS: Final = uuid.UUID("5c4f2c6e-9d0a-5b57-9a53-6f5b1c9a8e10")


def bill_of(
    version: str, parts: Iterable[Part], made_at: int, hashes: Mapping[str, Iterable[str]]
) -> str:
    """Return the bill; the same inputs make the same text.

    Args:
        made_at: Seconds since 1970.
        hashes: Of the files that packages came in, SHA-256 in hex, by package URL.
    """
    components = [_component(part, sorted(hashes.get(part.address, ()))) for part in parts]
    listed = json.dumps(components, sort_keys=True)
    whole = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_OURS, version + listed)}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(made_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": f"wallboard@{version}",
                "name": "wallboard",
                "version": version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            },
        },
        "components": components,
        "dependencies": [
            {
                "ref": f"wallboard@{version}",
                "dependsOn": [component["bom-ref"] for component in components],
            }
        ],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _component(part: Part, hashes: list[str]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "type": "library",
        "bom-ref": part.address,
        "name": part.name.rpartition("/")[2],
        "version": part.version,
        "purl": part.address,
    }
    if hashes:
        # Of each system's file: the release was made of one of them.
        told["hashes"] = [{"alg": "SHA-256", "content": digest} for digest in hashes]
    if part.licence:
        told["licenses"] = [_licence(part.licence)]
    if part.home:
        told["externalReferences"] = [{"type": "website", "url": part.home}]
    return told


def _licence(said: str) -> dict[str, Any]:
    if not _EXPRESSION.fullmatch(said):
        return {"license": {"name": said}}
    if " " in said:
        return {"expression": said}
    # Who says "BSD" or "MIT" alone may mean a name or one of SPDX; only the latter may be an id.
    known = said in _IDS
    return {"license": {"id": said} if known else {"name": said}}


_IDS: Final = frozenset(
    {
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC0-1.0",
        "ISC",
        "LGPL-3.0-only",
        "MIT",
        "MIT-0",
        "MPL-2.0",
        "OFL-1.1",
        "PSF-2.0",
    }
)
