"""What was seen live and what the log tells of the same calls are the same facts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.asterisk_recordings import replayed, traffic
from support.queue_logs import VERSIONS, kept_calls, read, recorded_log
from support.shared import WHY_NOT, shared_folder

from wallboard.domain.facts import CallRecord, Ending


@pytest.mark.recorded
@pytest.mark.parametrize("version", VERSIONS)
def test_that_a_call_that_was_seen_live_and_imported_counts_once(version: int) -> None:
    shared = shared_folder()
    if shared is None:
        pytest.skip(WHY_NOT)
    _, live = replayed(traffic(shared, version))
    log = [
        fact
        for fact in read([recorded_log(shared, version, "traffic")])
        if isinstance(fact, CallRecord)
    ]
    assert {call.fact_id for call in live} == {call.fact_id for call in log}
    both = kept_calls([*live, *log])
    assert len(both) == len(live) == len(log)
    # What was seen live to the millisecond stays; the log only tells what was not seen.
    seen = {call.fact_id: call for call in live}
    for call in both:
        told = seen[call.fact_id]
        assert (call.ending, call.wait, call.entered_at) == (
            told.ending,
            told.wait,
            told.entered_at,
        )


@pytest.mark.recorded
@pytest.mark.parametrize("version", VERSIONS)
def test_that_the_log_completes_a_shift_that_was_watched_in_part(version: int) -> None:
    shared = shared_folder()
    if shared is None:
        pytest.skip(WHY_NOT)
    _, live = replayed(traffic(shared, version))
    log = read([recorded_log(shared, version, "traffic")])
    known = sorted(live, key=lambda call: call.entered_at)
    third = len(known) // 3
    lost = {call.fact_id for call in known[third : 2 * third]}
    watched = [call for call in known if call.fact_id not in lost]
    both = kept_calls([*watched, *log])
    assert [(call.contact, call.queue_id, call.ending) for call in both] == [
        (call.contact, call.queue_id, call.ending) for call in kept_calls([*live, *log])
    ]
    for call, whole in zip(both, kept_calls(live), strict=True):
        if call.ending is Ending.ANSWERED and whole.talk is not None:
            assert call.talk is not None
            assert abs(call.talk - whole.talk) <= timedelta(seconds=15)
