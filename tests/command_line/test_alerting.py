"""The commands `rules` and `alerts`."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from support.alerted import wait_rule, watched
from support.clocks import HandClock
from support.looks import wording_in

from wallboard.app.clock import system_clock
from wallboard.command_line import alerting
from wallboard.command_line.exits import Exit, Stop
from wallboard.command_line.openings import Session
from wallboard.command_line.voice import Voice
from wallboard.domain.alert import AlertWish, Deed, Rules
from wallboard.engine.default_rules import DEFAULT_RULES
from wallboard.settings.model import Profile, Settings
from wallboard.settings.paths import Places
from wallboard.settings.rules import written_rules
from wallboard.storage.alert_journal import keep_alerts
from wallboard.storage.history import open_history


@pytest.fixture(params=["en", "fa"])
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Session:
    return Session(
        voice=Voice(wording_in(request.param)),
        language=request.param,
        settings=Settings(profiles=(Profile(name="pbx", kind="asterisk"),)),
        places=Places(config=tmp_path, data=tmp_path / "data", logs=tmp_path / "logs"),
    )


def rules(session: Session, task: str, file: str = "-", *, as_json: bool = False) -> Exit:
    asked = alerting.Asked(task=task, name="pbx", file=file, as_json=as_json)
    return alerting.rules(session, asked)


def test_that_the_rules_to_begin_with_are_listed(
    session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rules(session, "list", as_json=True) is Exit.GOOD
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["id"] for row in rows] == [rule.rule_id for rule in DEFAULT_RULES.rules]
    assert rules(session, "list") is Exit.GOOD
    assert len(capsys.readouterr().out.splitlines()) == 2 * len(rows)
    assert rules(session, "check") is Exit.GOOD


def test_that_rules_go_out_and_come_in_as_they_were(session: Session, tmp_path: Path) -> None:
    mine = Rules(rules=(wait_rule(), replace(wait_rule("other"), muted=True)))
    file = tmp_path / "mine.toml"
    file.write_bytes(written_rules(mine))
    assert rules(session, "import", str(file)) is Exit.GOOD
    out = tmp_path / "out.toml"
    assert rules(session, "export", str(out)) is Exit.GOOD
    assert out.read_bytes() == file.read_bytes()


def test_that_rules_are_taken_from_standard_input_and_given_to_standard_output(
    session: Session, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = written_rules(Rules(rules=(wait_rule(),)))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert rules(session, "import") is Exit.GOOD
    capsys.readouterr()
    assert rules(session, "export") is Exit.GOOD
    assert capsys.readouterr().out.strip().encode() == content.strip()


def test_that_of_rules_that_cannot_be_used_none_comes_in(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(written_rules(DEFAULT_RULES) + b"\n[[rules]]\nid = 'x'\n")
    assert rules(session, "import", str(file)) is Exit.USAGE
    assert len(capsys.readouterr().err.splitlines()) == 2
    assert not session.places.rules_file("pbx").exists()
    with pytest.raises(Stop):
        rules(session, "import", str(tmp_path / "missing.toml"))
    session.places.rules_file("pbx").parent.mkdir()
    session.places.rules_file("pbx").write_text("[[rules")
    assert rules(session, "check") is Exit.BAD


def test_that_it_is_told_what_fired_who_took_it_and_how_long_it_took(
    session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    made = watched(Rules(rules=(wait_rule(),)))
    made.live(4)
    key = made.board.alerts.rows[0].alert.key
    made.live(20)
    made.alerting.handle(AlertWish(deed=Deed.ACKNOWLEDGED, key=key, who="Karimi"))
    made.live(1)
    # The clock of the commands is the real one.
    apart = system_clock().now().wall - timedelta(hours=1) - made.scene.clock.wall
    events = [
        replace(
            event,
            at=event.at + apart,
            fired_at=None if event.fired_at is None else event.fired_at + apart,
        )
        for event in made.told
    ]
    file = session.places.history_file("pbx")
    file.parent.mkdir(parents=True)
    history = open_history(file, clock=HandClock())
    keep_alerts(history, (), events)
    history.close()
    assert alerting.alerts(session, "pbx", days=1, as_json=True) is Exit.GOOD
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (row["rule"], row["severity"], row["taken_by"]) == ("wait", "critical", "Karimi")
    assert row["taken_after_s"] == pytest.approx(21, abs=1)
    assert row["over_at"] is None
    assert row["fired_at"].endswith("Z")
    assert alerting.alerts(session, "pbx", days=1, as_json=False) is Exit.GOOD
    assert "Support" in capsys.readouterr().out


def test_that_an_unknown_connection_is_told(session: Session) -> None:
    with pytest.raises(Stop):
        alerting.alerts(session, "nobody", days=1, as_json=False)
    with pytest.raises(Stop):
        alerting.rules(session, alerting.Asked(task="list", name="nobody"))
