from __future__ import annotations

from datetime import timedelta

import pytest

from wallboard.domain.errors import (
    Fault,
    FaultKind,
    SourceError,
    SourceRefused,
    SourceUnavailable,
    SourceUnreadable,
    WallboardError,
    fault,
)


def test_that_a_fault_keeps_its_details_as_text_in_their_order() -> None:
    made = fault(FaultKind.SLOW, host="pbx", port=5038, seconds=2.5)
    assert made == Fault(
        kind=FaultKind.SLOW, details=(("host", "pbx"), ("port", "5038"), ("seconds", "2.5"))
    )
    assert made.detail("port") == "5038"
    assert made.detail("missing") == ""


@pytest.mark.parametrize("error", [SourceUnavailable, SourceRefused, SourceUnreadable])
def test_that_every_error_of_a_source_carries_its_fault_and_says_it(
    error: type[SourceError],
) -> None:
    cause = fault(FaultKind.UNREACHABLE, host="pbx", port=5038)
    raised = error(cause)
    assert isinstance(raised, WallboardError)
    assert raised.fault == cause
    assert str(raised) == "unreachable: host=pbx, port=5038"


def test_that_a_source_may_ask_for_patience() -> None:
    cause = fault(FaultKind.SERVER_ERROR, said="busy")
    assert SourceUnavailable(cause).retry_after is None
    patient = SourceUnavailable(cause, retry_after=timedelta(seconds=30))
    assert patient.retry_after == timedelta(seconds=30)
