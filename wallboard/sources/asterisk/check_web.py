"""What a close look finds of a PBX's web server: what is to be set there, and where AMI is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Final

from wallboard.domain.errors import Fault, FaultKind, SourceError
from wallboard.domain.source import Finding, Verdict
from wallboard.sources.asterisk.ami_over_http import AmiOverHttp, Web

# What http.conf has where nobody changed it, and what FreePBX and old servers have.
_USUAL: Final = ("", "/asterisk")
_NOBODY: Final = frozenset({FaultKind.UNREACHABLE, FaultKind.SLOW})


def topic_of(cause: Fault) -> str:
    """Return what a fault of a web server is about."""
    return "reachable" if cause.kind in _NOBODY else "web"


def hints(web: Web, cause: Fault, deadline: timedelta) -> Iterator[Finding]:
    """Yield what helps against a fault, beyond what the fault says itself."""
    if cause.kind in _NOBODY:
        yield Finding(topic="web_off", verdict=Verdict.WARNING)
    if cause.kind is FaultKind.NOT_SERVED:
        for prefix in _USUAL:
            other = replace(web, prefix=prefix)
            if prefix != web.prefix and _served(other, deadline):
                told = (("path", prefix or "/"),)
                yield Finding(topic="web_path", verdict=Verdict.WARNING, details=told)
                return


def _served(web: Web, deadline: timedelta) -> bool:
    """Return whether a manager is there."""
    until_s = time.monotonic() + deadline.total_seconds()
    try:
        with closing(AmiOverHttp(web, None, deadline)) as link:
            while link.greeting is None and time.monotonic() < until_s:
                link.wait(max(0.0, until_s - time.monotonic()))
                link.receive()
            return link.greeting is not None
    except SourceError:
        return False
