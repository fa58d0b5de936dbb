"""Each wall falls over when somebody breaches it: a wall that never stops anyone is a drawing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support.checkout import copied, project, run

CONTRACTS = {
    contract["id"]: contract["name"] for contract in project()["tool"]["importlinter"]["contracts"]
}


@pytest.mark.parametrize(
    ("contract", "module", "line"),
    [
        pytest.param("pure", "domain/facts.py", "import os", id="the_domain_reads_the_disk"),
        pytest.param("pure", "domain/clock.py", "import time", id="the_domain_reads_the_clock"),
        pytest.param("pure", "engine/board.py", "import PySide6.QtCore", id="the_engine_knows_qt"),
        pytest.param("pure", "engine/kpi.py", "import random", id="the_engine_throws_dice"),
        pytest.param("pure", "engine/board.py", "import msgspec", id="the_engine_decodes"),
        pytest.param(
            "floors",
            "engine/board.py",
            "import wallboard.runtime",
            id="the_engine_knows_the_floor_above",
        ),
        pytest.param(
            "floors",
            "domain/snapshot.py",
            "import wallboard.engine.kpi",
            id="the_domain_knows_the_engine",
        ),
        pytest.param("floors", "ui/breach.py", "import wallboard.runtime", id="ui_knows_runtime"),
        pytest.param("floors", "runtime/breach.py", "import wallboard.ui", id="runtime_knows_ui"),
        pytest.param("floors", "misc/__init__.py", "", id="a_new_room_has_no_floor"),
        pytest.param(
            "floors",
            "delivery/breach.py",
            "import wallboard.settings",
            id="a_way_out_reads_the_settings",
        ),
        pytest.param(
            "floors", "delivery/breach.py", "import wallboard.ui", id="a_way_out_knows_a_window"
        ),
        pytest.param(
            "floors", "papers/breach.py", "import wallboard.ui", id="a_paper_knows_a_window"
        ),
        pytest.param(
            "floors",
            "papers/breach.py",
            "import wallboard.storage",
            id="a_paper_reads_the_history",
        ),
        pytest.param(
            "no-qt-below",
            "papers/breach.py",
            "from PySide6 import QtGui",
            id="a_paper_knows_qt",
        ),
        pytest.param(
            "floors", "net/breach.py", "import wallboard.sources", id="the_net_knows_a_vendor"
        ),
        pytest.param(
            "no-qt-below",
            "delivery/breach.py",
            "from PySide6 import QtCore",
            id="a_way_out_knows_qt",
        ),
        pytest.param("blind-ui", "ui/breach.py", "import smtplib", id="ui_sends_mail"),
        pytest.param(
            "kiosk", "ui/kiosk/breach.py", "import wallboard.ui.supervising", id="a_tv_supervises"
        ),
        pytest.param("pure-language", "api/facts.py", "import socket", id="the_api_asks_somebody"),
        pytest.param("server", "app/breach.py", "import starlette", id="the_wiring_serves"),
        pytest.param(
            "headless-server",
            "server/breach.py",
            "from PySide6 import QtCore",
            id="the_server_knows_qt",
        ),
        pytest.param("floors", "server/breach.py", "import wallboard.runtime", id="a_server_polls"),
        pytest.param("blind-ui", "ui/breach.py", "import requests", id="ui_asks_the_network"),
        pytest.param("blind-ui", "ui/breach.py", "import threading", id="ui_starts_a_thread"),
        pytest.param("blind-ui", "ui/breach.py", "import keyring", id="ui_reads_the_keyring"),
        pytest.param("blind-ui", "ui/breach.py", "import wallboard.sources", id="ui_knows_sources"),
        pytest.param(
            "no-qt-below",
            "sources/registry.py",
            "from PySide6 import QtCore",
            id="sources_know_qt",
        ),
        pytest.param(
            "vendors",
            "sources/asterisk/__init__.py",
            "import wallboard.sources.simulator",
            id="a_vendor_knows_another",
        ),
        pytest.param("charts", "ui/breach.py", "import pyqtgraph", id="a_page_names_pyqtgraph"),
        pytest.param(
            "no-circles",
            "domain/snapshot.py",
            "import wallboard.domain.facts",
            id="a_circle",
        ),
        pytest.param(
            "no-circles",
            "domain/snapshot.py",
            "def late() -> None:\n    import wallboard.domain.facts",
            id="a_circle_hidden_in_a_function",
        ),
        pytest.param(
            "no-circles",
            "domain/snapshot.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
            "    from wallboard.domain.facts import Fact",
            id="a_circle_hidden_from_run_time",
        ),
    ],
)
def test_that_the_import_linter_names_the_wall_that(
    tmp_path: Path, contract: str, module: str, line: str
) -> None:
    copy = copied(tmp_path)
    breach = copy / "wallboard" / module
    breach.parent.mkdir(exist_ok=True)
    with breach.open("a", encoding="utf-8") as text:
        text.write(f"\n{line}\n")
    ran = run("lint-imports", "--no-logo", "--no-cache", cwd=copy, COLUMNS="200")
    assert ran.code != 0, ran.text
    assert f"{CONTRACTS[contract]} BROKEN" in ran.out, ran.text


def test_that_an_untouched_copy_breaches_nothing(tmp_path: Path) -> None:
    ran = run("lint-imports", "--no-logo", "--no-cache", cwd=copied(tmp_path), COLUMNS="200")
    assert "BROKEN" not in ran.out
    assert re.search(rf"Contracts: {len(CONTRACTS)} kept, 0 broken", ran.out), ran.text


_HEAD = '"""A breach."""\n\n'


@pytest.mark.parametrize(
    ("code", "module", "text"),
    [
        pytest.param(
            "TID251",
            "engine/breach.py",
            "from datetime import UTC, datetime\n\nNOW = datetime.now(UTC)\n",
            id="reading_the_clock",
        ),
        pytest.param(
            "TID251",
            "runtime/breach.py",
            "import time\n\ntime.sleep(1)\n",
            id="sleeping",
        ),
        pytest.param(
            "TID251",
            "ui/breach.py",
            "from PySide6.QtWidgets import QLabel\n\nLABEL = QLabel\n",
            id="a_label_that_reads_html",
        ),
        pytest.param(
            "TID251",
            "ui/breach.py",
            "from PySide6 import QtWidgets\n\nLABEL = QtWidgets.QLabel\n",
            id="a_label_that_reads_html_by_its_module",
        ),
        pytest.param(
            "TID251",
            "domain/breach.py",
            "from typing import TYPE_CHECKING\n\nHIDDEN = TYPE_CHECKING\n",
            id="hiding_an_import_from_run_time",
        ),
        pytest.param(
            "TID251",
            "ui/breach.py",
            "from PySide6.QtCore import QDateTime\n\nNOW = QDateTime.currentDateTime()\n",
            id="reading_the_clock_through_qt",
        ),
        pytest.param(
            "TID251",
            "runtime/breach.py",
            "from PySide6.QtCore import QThread\n\nTHREAD = QThread\n",
            id="a_thread_of_qt",
        ),
        pytest.param("T201", "engine/breach.py", 'print("here")\n', id="printing"),
        pytest.param(
            "BLE001",
            "sources/breach.py",
            "def risky() -> int:\n"
            '    """Return a number."""\n'
            "    try:\n        return int(input())\n"
            "    except Exception:\n        return 0\n",
            id="catching_everything",
        ),
        pytest.param(
            "PLC0415",
            "sources/breach.py",
            'def late() -> str:\n    """Return a text."""\n'
            "    import json\n\n    return json.dumps(1)\n",
            id="an_import_in_a_function",
        ),
        pytest.param(
            "DTZ005",
            "engine/breach.py",
            "from datetime import datetime\n\nNOW = datetime.now()\n",
            id="a_time_without_a_zone",
        ),
        pytest.param(
            "FBT001",
            "engine/breach.py",
            'def shown(value: int, loud: bool) -> int:\n    """Return it."""\n'
            "    return -value if loud else value\n",
            id="a_nameless_yes_or_no",
        ),
        pytest.param("D100", "engine/breach.py", "X = 1\n", id="a_module_that_says_nothing"),
        pytest.param(
            "ANN001",
            "engine/breach.py",
            'def doubled(value) -> int:\n    """Return twice."""\n    return 2 * value\n',
            id="an_argument_of_no_type",
        ),
    ],
)
def test_that_ruff_names(code: str, module: str, text: str) -> None:
    said = text if code == "D100" else _HEAD + text
    ran = run(
        "ruff",
        "check",
        "--no-cache",
        "--output-format=json",
        f"--stdin-filename=wallboard/{module}",
        "-",
        said=said,
    )
    assert code in {finding["code"] for finding in json.loads(ran.out)}, ran.text


def test_that_mypy_names_what_run_time_would(tmp_path: Path) -> None:
    breach = tmp_path / "breach.py"
    breach.write_text(
        "from wallboard.domain.facts import Ending\n"
        "from wallboard.domain.snapshot import Queue, QueueId\n"
        "queue = Queue(queue_id=QueueId('1'), nickname='sales')\n"
        "def told(ending: Ending) -> str:\n"
        "    match ending:\n"
        "        case Ending.ANSWERED:\n"
        "            return 'answered'\n"
        "def untyped(value):\n"
        "    return value\n"
        "number: int = 'text'  # type: ignore\n",
        encoding="utf-8",
    )
    ran = run("mypy", str(breach))
    named = set(re.findall(r"\[([a-z-]+)\]", ran.out))
    assert {
        "call-arg",
        "exhaustive-match",
        "no-untyped-def",
        "ignore-without-code",
    } <= named, ran.text
