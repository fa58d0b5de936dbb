"""Whether anybody hears who whispers: over a real socket, by a small PBX that says what it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from support.ami_desk import ALICE, LEG, Desk
from support.ami_server import Pbx, Server, error, success
from support.ami_story import Row

from wallboard.domain.supervision import Monitoring, Wish, WishKind, WishResult
from wallboard.sources.asterisk import why_not

EVERYTHING = dict.fromkeys(
    ("Originate", "Hangup", "CoreShowChannels", "Setvar", "Getvar", "QueueStatus"), "x"
)


@pytest.fixture
def pbx() -> Pbx:
    made = Pbx()
    made.answers["ListCommands"] = lambda action: success(action, **EVERYTHING)
    made.answers["Setvar"] = lambda action: success(action, Message="Variable Set")
    return made


def whispering(desk: Desk) -> Monitoring:
    wish = desk.begin(WishKind.WHISPER)
    desk.answered()
    desk.spies()
    assert desk.outcome(wish) == (True, True, "")
    (there,) = desk.last.monitorings or ()
    return there


def told(desk: Desk) -> list[tuple[str, str]]:
    """Return what was said to phones: whose, and whether it is muted."""
    sent = desk.sent("Setvar")
    assert {one["Variable"] for one in sent} <= {"MUTEAUDIO(in)"}
    return [(one["Channel"], one["Value"]) for one in sent]


def voice(desk: Desk, kind: WishKind, **more: object) -> WishResult | None:
    wanted: dict[str, object] = {"agent_id": ALICE, "call_id": desk.call, **more}
    result = desk.source.supervise(Wish(kind=kind, **wanted))  # type: ignore[arg-type]
    desk.look()
    return result


def muted(desk: Desk) -> bool | None:
    (there,) = desk.look().monitorings or ()
    return there.muted


def test_that_a_whisper_begins_muted_and_is_heard_only_while_it_is_wanted(desk: Desk) -> None:
    there = whispering(desk)
    (sent,) = desk.sent("Originate")
    assert "MUTEAUDIO(in)=on" in sent["Variable"].split("\n")
    assert there.muted is True
    ours = desk.channel_id
    for _ in range(2):
        result = voice(desk, WishKind.TALK)
        assert result is not None
        assert result.done
        assert muted(desk) is False
        result = voice(desk, WishKind.HUSH)
        assert result is not None
        assert result.done
        assert muted(desk) is True
    assert told(desk) == [(ours, "on"), (ours, "off"), (ours, "on"), (ours, "off"), (ours, "on")]


@pytest.mark.parametrize("kind", [WishKind.LISTEN, WishKind.BARGE])
def test_that_only_a_whisper_is_muted(desk: Desk, kind: WishKind) -> None:
    wish = desk.begin(kind)
    desk.answered()
    desk.spies()
    assert desk.outcome(wish) == (True, True, "")
    assert muted(desk) is None
    assert "MUTEAUDIO" not in desk.sent("Originate")[0]["Variable"]
    for wanted in (WishKind.TALK, WishKind.HUSH):
        result = voice(desk, wanted)
        assert result is not None
        assert result.reason == why_not.NOT_WHISPERING
    assert told(desk) == []


def test_that_it_is_not_believed_to_have_begun_before_it_is_known_to_be_muted(
    desk: Desk, pbx: Pbx
) -> None:
    waiting: list[Row] = []

    def keep(action: Row) -> None:
        waiting.append(action)

    pbx.answers["Setvar"] = keep
    desk.begin(WishKind.WHISPER)
    desk.answered()
    desk.spies()
    desk.until(lambda _: bool(waiting))
    desk.source.wait(timedelta(seconds=0.2), desk.interrupt)
    desk.look()
    assert desk.results == []


def test_that_a_pbx_that_cannot_mute_is_known_by_it_and_whispers_as_ever(
    desk: Desk, pbx: Pbx
) -> None:
    assert desk.last.lacks == () or WishKind.TALK not in dict(desk.last.lacks)
    pbx.answers["Setvar"] = lambda action: error(action, "Variable not set")
    there = whispering(desk)
    assert there.muted is None
    assert dict(desk.look().lacks)[WishKind.TALK] == "res_mutestream.so"
    result = voice(desk, WishKind.TALK)
    assert result is not None
    assert result.reason == why_not.NOT_WHISPERING
    desk.hangs_up()
    desk.until(lambda seen: seen.monitorings == ())
    # The next one is not asked for what this PBX does not know.
    whispering(desk)
    assert "MUTEAUDIO" not in desk.sent("Originate")[-1]["Variable"]
    assert len(told(desk)) == 1


@pytest.mark.parametrize("known", [False, True], ids=["nobody tells", "no right"])
def test_that_a_phone_that_could_not_be_heard_again_is_not_muted(
    desk: Desk, pbx: Pbx, server: Server, source_of: Callable[..., object], known: bool
) -> None:
    less = {name: "x" for name in EVERYTHING if name != "Setvar"}
    pbx.answers["ListCommands"] = lambda action: (
        success(action, **less) if known else error(action, "Permission denied")
    )
    other = Desk(pbx, source_of(server, phone="PJSIP/9001"), desk.interrupt)  # type: ignore[arg-type]
    there = whispering(other)
    assert there.muted is None
    assert told(other) == []
    assert "MUTEAUDIO" not in other.sent("Originate")[-1]["Variable"]
    assert WishKind.TALK in dict(other.last.lacks)


def test_that_another_call_and_another_phone_are_not_let_be_heard(desk: Desk) -> None:
    whispering(desk)
    before = told(desk)
    for more in ({"call_id": "another"}, {"phone": "PJSIP/9002"}, {"agent_id": "1002"}):
        result = voice(desk, WishKind.TALK, **more)
        assert result is not None
        assert not result.done
        assert result.known
    assert told(desk) == before
    assert muted(desk) is True


def test_that_who_could_not_be_muted_as_the_connection_was_lost_is_muted_when_it_is_back(
    desk: Desk, server: Server
) -> None:
    whispering(desk)
    ours = desk.channel_id
    assert voice(desk, WishKind.TALK)
    channel = {**desk.pbx.channels[0], "Uniqueid": ours, "Linkedid": ours, "BridgeId": ""}  # type: ignore[index]
    channel |= {"Application": "ChanSpy", "ApplicationData": f"{LEG},quwES"}
    desk.pbx.channels.append(channel)  # type: ignore[union-attr]
    server.hang_up()
    desk.until(lambda _: told(desk)[-1] == (ours, "on") and len(told(desk)) == 3)
    desk.until(lambda seen: [one.muted for one in seen.monitorings or ()] == [True])


def test_that_nobody_is_heard_for_longer_than_one_press_may_last(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.sources.asterisk.muting.HELD_AT_MOST_S", 0.3)
    whispering(desk)
    assert voice(desk, WishKind.TALK)
    assert muted(desk) is False
    desk.until(lambda seen: [one.muted for one in seen.monitorings or ()] == [True])
    assert [value for _, value in told(desk)] == ["on", "off", "on"]


def test_that_it_is_taken_for_heard_though_the_pbx_refused_to_let_it_be(
    desk: Desk, pbx: Pbx
) -> None:
    whispering(desk)
    pbx.answers["Setvar"] = lambda action: error(action, "Permission denied")
    result = voice(desk, WishKind.TALK)
    assert result is not None
    assert (result.done, result.reason) == (False, why_not.RIGHT_MISSING)
    assert muted(desk) is False
    pbx.answers["Setvar"] = success
    assert voice(desk, WishKind.HUSH)
    assert muted(desk) is True


def test_that_a_leg_that_outlives_its_call_is_not_listened_to_beyond_it(desk: Desk) -> None:
    wish = desk.begin()
    desk.answered()
    desk.spies()
    desk.outcome(wish)
    desk.until(lambda _: desk.sent("Hangup") == [])
    # The caller is gone; the agent's phone stays on the line.
    about = {"Uniqueid": "1.1", "Queue": "support", "Interface": "PJSIP/1001"}
    desk.pbx.emit({"Event": "AgentComplete", **about, "TalkTime": "5", "HoldTime": "1"})
    assert desk.hung_up_on() == desk.channel_id
    desk.hangs_up()
    desk.until(lambda seen: seen.monitorings == ())
