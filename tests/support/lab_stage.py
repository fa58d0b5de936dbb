"""Stages at the lab's PBX what some sites have: phones that stay on the line, consultations, …"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from support.asterisk_lab import AsteriskLab

INTERCOM = "Local/*809001@from-internal"
"""The supervisor's phone by the prefix that makes it answer by itself, as FreePBX has it."""
ANSWERS_BY_ITSELF = {
    "CallInfo": "Call-Info: <sip:wallboard>;answer-after=0",
    "AlertInfo": "Alert-Info: Ring Answer",
}
"""Headers by the name under which the lab's phones tell what came of them."""

_STAGE = "lab-stage"
_MEMBER = f"Local/1101@{_STAGE}/n"


def manager(lab: AsteriskLab, action: str, **fields: str) -> dict[str, str]:
    """Do an action at the PBX, as who may do everything; return its answer."""
    told = [("Action", "Login"), ("Username", "admin"), ("Secret", lab.accounts["admin"])]
    done = [("Action", action), ("ActionID", "stage"), *fields.items()]
    with socket.create_connection((lab.host, lab.port), 5) as link:
        link.settimeout(10)
        for lines in ([*told, ("Events", "off")], done):
            link.sendall(("".join(f"{name}: {text}\r\n" for name, text in lines) + "\r\n").encode())
        got = b""
        while b"ActionID: stage" not in got or not got.endswith(b"\r\n\r\n"):
            got += link.recv(1 << 16)
    block = next(one for one in got.decode().split("\r\n\r\n") if "ActionID: stage" in one)
    answer = dict(line.split(": ", 1) for line in block.split("\r\n") if ": " in line)
    assert answer["Response"] == "Success", answer
    return answer


def extension(
    lab: AsteriskLab, context: str, name: str, *steps: tuple[str, str]
) -> tuple[str, str]:
    """Make an extension of the dial plan; return what takes it away again."""
    for place, (application, data) in enumerate(steps, 1):
        manager(
            lab,
            "DialplanExtensionAdd",
            Context=context,
            Extension=name,
            Priority=str(place),
            Application=application,
            ApplicationData=data,
            Replace="yes",
        )
    return context, name


def without(lab: AsteriskLab, *made: tuple[str, str]) -> None:
    """Take extensions away."""
    for context, name in made:
        manager(lab, "DialplanExtensionRemove", Context=context, Extension=name)


@contextmanager
def agent_logged_in(lab: AsteriskLab, phone: str, state: str) -> Iterator[None]:
    """Have an agent on the line all the time, whom the queue `afterhours` puts calls through to.

    Args:
        state: The device by which the queue knows whether the agent is free.
    """
    config = lab.root / "lab" / "pbx" / "etc" / "agents.conf"
    config.write_text("[1101]\nfullname = Login Agent\n")
    lab.cli("module load app_agent_pool.so")
    lab.cli("module reload app_agent_pool.so")
    made = extension(lab, _STAGE, "1101", ("AgentRequest", "1101"))
    manager(
        lab,
        "Originate",
        Channel=f"PJSIP/{phone}",
        Application="AgentLogin",
        Data="1101,s",
        Async="true",
    )
    try:
        end = time.monotonic() + 15
        while "NOT_INUSE" not in lab.cli("agent show all"):
            assert time.monotonic() < end, lab.cli("agent show all")
            threading.Event().wait(0.2)
        manager(
            lab,
            "QueueAdd",
            Queue="afterhours",
            Interface=_MEMBER,
            MemberName="Login Agent",
            StateInterface=state,
        )
        lab.cli(f"queue set ringinuse yes on {_MEMBER} in afterhours")
        yield
    finally:
        lab.cli(f"queue remove member {_MEMBER} from afterhours")
        lab.cli("agent logoff 1101")
        without(lab, made)


@contextmanager
def alone_at_night(lab: AsteriskLab, agent: str) -> Iterator[None]:
    """Have one agent in the queue `afterhours`: so it is known who gets its calls."""
    interface = f"PJSIP/{agent}"
    manager(lab, "QueueAdd", Queue="afterhours", Interface=interface, MemberName=agent)
    try:
        yield
    finally:
        lab.cli(f"queue remove member {interface} from afterhours")


@contextmanager
def intercom(lab: AsteriskLab) -> Iterator[None]:
    """Have a prefix that rings a phone with the header by which it answers."""
    header = "PJSIP_HEADER(add,Alert-Info)=Ring Answer"
    made = [extension(lab, _STAGE, "s", ("Set", header), ("Return", ""))]
    dial = ("Dial", f"PJSIP/9001,30,b({_STAGE}^s^1)")
    made.append(extension(lab, "from-internal", "*809001", dial))
    try:
        yield
    finally:
        without(lab, *made)
