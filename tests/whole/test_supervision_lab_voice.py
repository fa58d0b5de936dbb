"""Holding a button to talk at a real Asterisk: who whispers is heard while it is held."""

from __future__ import annotations

import sys
from contextlib import closing

import pytest
from support.ami_proxy import Network, Proxy
from support.asterisk_lab import AsteriskLab
from support.lab_desk import LabDesk
from support.lab_ear import LISTEN, TALK, WHISPER, Ear, now_s, talk
from support.lab_phones import TONES, LabPhones
from support.tones import RATE, level

from wallboard.domain.supervision import Monitoring, WishKind
from wallboard.sources.asterisk import why_not

pytestmark = [pytest.mark.lab, pytest.mark.timeout(600)]

MARGIN_DB = 40
MUTED = {**TALK, "supervisor": ["customer", "agent"]}


def there(desk: LabDesk) -> Monitoring:
    (one,) = desk.last.monitorings or ()
    return one


@pytest.mark.parametrize("queue", ["801", "803"])
@pytest.mark.parametrize("phone", ["PJSIP/9001", "Local/9001@from-internal"])
def test_that_a_whisper_is_heard_while_the_button_is_held_and_not_before_or_after(
    lab: AsteriskLab, phones: LabPhones, queue: str, phone: str
) -> None:
    with LabDesk(lab, phone=phone) as desk:
        ear = Ear(phones, desk)
        number, agent = talk(phones, desk, queue)
        assert desk.ask(WishKind.TALK, agent).reason == why_not.NOT_WHISPERING
        begun = now_s()
        assert desk.ask(WishKind.WHISPER, agent).done
        assert there(desk).muted is True
        muted: list[tuple[float, float]] = []
        for _ in range(3):
            ear.listen(MUTED)
            muted.append((begun, now_s()))
            assert desk.ask(WishKind.TALK, agent).done
            assert there(desk).muted is False or desk.until(lambda _: not there(desk).muted)
            ear.listen(WHISPER)
            assert desk.ask(WishKind.HUSH, agent).done
            begun = now_s()
            desk.until(lambda _: there(desk).muted)
        ear.listen(MUTED)
        muted.append((begun, now_s()))
        assert desk.ask(WishKind.END, agent).done
        assert desk.ask(WishKind.HUSH, agent).reason == why_not.NOT_WHISPERING
        ear.listen(TALK)
        phones.customer_hangs_up(number)
        ear.prove(number, "customer", "agent", "supervisor")
        # Not only where it was looked for: at no time while it was muted.
        whole = phones.recorded("agent", number)
        heard = max(
            level(piece, TONES["supervisor"])
            for begin, end in muted
            for piece in whole.pieces(begin + 0.15, end - 0.05, RATE // 4)
        )
        customer = min(
            level(piece, TONES["customer"])
            for begin, end in muted
            for piece in whole.pieces(begin + 0.6, end - 0.05, RATE // 4)
        )
        sys.stderr.write(
            f"\nmuted, the agent heard {heard:.1f} dB of the supervisor and {customer:.1f} dB of"
            f" the customer; least margin {min(ear.margins):.0f} dB\n"
        )
        assert heard <= customer - MARGIN_DB


def test_that_who_is_lost_while_the_button_is_held_is_muted_when_found_again(
    lab: AsteriskLab, phones: LabPhones
) -> None:
    with closing(Proxy(lab.port)) as proxy, LabDesk(lab, port=str(proxy.port)) as desk:
        ear = Ear(phones, desk)
        number, agent = talk(phones, desk, "801")
        assert desk.ask(WishKind.WHISPER, agent).done
        assert desk.ask(WishKind.TALK, agent).done
        ear.listen(WHISPER)
        proxy.become(Network.REFUSES)
        desk.until_lost()
        told = desk.wish(WishKind.HUSH, agent)
        result = desk.source.supervise(told)
        assert result is not None
        assert not result.done
        proxy.become(Network.WELL)
        desk.until(lambda seen: [one.muted for one in seen.monitorings or ()] == [True])
        ear.listen(LISTEN)
        assert desk.ask(WishKind.END, agent).done
        phones.customer_hangs_up(number)
        ear.prove(number, "customer", "agent", "supervisor")


def test_that_nobody_is_heard_for_longer_than_a_minute_by_one_press(
    lab: AsteriskLab, phones: LabPhones, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.sources.asterisk.muting.HELD_AT_MOST_S", 2.0)
    with LabDesk(lab) as desk:
        ear = Ear(phones, desk)
        number, agent = talk(phones, desk, "801")
        assert desk.ask(WishKind.WHISPER, agent).done
        assert desk.ask(WishKind.TALK, agent).done
        ear.listen(WHISPER)
        desk.until(lambda _: there(desk).muted, within_s=4)
        ear.listen(MUTED)
        assert desk.ask(WishKind.END, agent).done
        phones.customer_hangs_up(number)
        ear.prove(number, "customer", "agent", "supervisor")


def test_that_a_pbx_without_the_module_lets_the_agent_hear_all_the_time_and_it_is_known(
    lab: AsteriskLab, phones: LabPhones
) -> None:
    assert "Unloaded" in lab.cli("module unload res_mutestream.so")
    try:
        with LabDesk(lab) as desk:
            ear = Ear(phones, desk)
            assert WishKind.TALK not in dict(desk.last.lacks)  # nobody can know before
            number, agent = talk(phones, desk, "801")
            assert desk.ask(WishKind.WHISPER, agent).done
            assert there(desk).muted is None
            assert dict(desk.look().lacks)[WishKind.TALK] == "res_mutestream.so"
            ear.listen(WHISPER)
            assert desk.ask(WishKind.TALK, agent).reason == why_not.NOT_WHISPERING
            assert desk.ask(WishKind.END, agent).done
            phones.customer_hangs_up(number)
            ear.prove(number, "customer", "agent", "supervisor")
    finally:
        lab.cli("module load res_mutestream.so")
