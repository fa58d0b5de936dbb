"""The mappings that come with the program read what their vendors' own specifications allow."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.checkout import ROOT
from support.shared import WHY_NOT, shared_folder
from support.vendor_specs import VendorSpec

from wallboard.domain.errors import SourceUnreadable
from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.snapshot import AgentState
from wallboard.sources.rest.mapping import (
    Mapped,
    Mapping,
    MappingWrong,
    Request,
    mapping_in,
    mapping_of,
)

MAPPINGS = ROOT / "resources" / "mappings"
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SLOW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def spec_of(name: str) -> VendorSpec:
    folder = shared_folder()
    if folder is None or not (folder / "vendor-specs" / name).is_file():
        pytest.skip(WHY_NOT)
    return VendorSpec(folder / "vendor-specs" / name)


def mapping_filled(name: str, **values: str) -> Mapping:
    """Return a mapping with the user's own values put in."""
    text = (MAPPINGS / name).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f'{key} = "?"', f'{key} = "{value}"')
    return mapping_in(text.encode())


def facts(mapped: Mapped) -> dict[str, CallRecord]:
    return {fact.call_id: fact for fact in mapped.facts if isinstance(fact, CallRecord)}


def test_that_every_mapping_that_comes_along_can_be_read() -> None:
    files = sorted(MAPPINGS.glob("*.toml"))
    assert [file.name for file in files] == ["3cx-v20.toml", "twilio-taskrouter.toml"]
    for file in files:
        text = file.read_text(encoding="utf-8").replace('= "?"', '= "mine"')
        assert mapping_in(text.encode()).name


def test_that_the_user_s_own_values_are_asked_for() -> None:
    with pytest.raises(MappingWrong) as caught:
        mapping_of(MAPPINGS / "twilio-taskrouter.toml")
    assert caught.value.key == "values.workspace"


# --- Twilio TaskRouter ---

WS = "WS" + "a" * 32
TASKS = "/v1/Workspaces/{WorkspaceSid}/Tasks"
TWILIO_PATHS = {
    "queues": "/v1/Workspaces/{WorkspaceSid}/TaskQueues",
    "workers": "/v1/Workspaces/{WorkspaceSid}/Workers",
    "tasks": TASKS,
    "accepted": TASKS + "/{TaskSid}/Reservations",
}


@pytest.fixture(scope="module")
def twilio() -> VendorSpec:
    return spec_of("twilio_taskrouter_v1.subset.json")


def twilio_mapping() -> Mapping:
    return mapping_filled("twilio-taskrouter.toml", workspace=WS)


def sid(kind: str, number: int) -> str:
    return f"{kind}{number:032x}"


class Workspace:
    """A workspace that answers what the mapping asks, each answer judged by the specification."""

    def __init__(self, spec: VendorSpec) -> None:
        self.spec = spec
        self.queues = [{"sid": sid("WQ", 1), "friendly_name": "Sales"}]
        self.workers: list[dict[str, Any]] = []
        self.tasks: list[dict[str, Any]] = []
        self.reservations: list[dict[str, Any]] = []
        self.asked: list[Request] = []
        self.page = 1000

    def task(self, number: int, status: str, **told: Any) -> dict[str, Any]:
        row = {
            "sid": sid("WT", number), "assignment_status": status,
            "task_channel_unique_name": "voice", "task_queue_sid": sid("WQ", 1),
            "task_queue_entered_date": "2026-11-22T08:29:00Z", "attributes": '{"from": "+98"}',
            "date_updated": "2026-11-22T08:29:30Z", **told,
        }  # fmt: skip
        self.tasks.append(row)
        return row

    def worker(self, number: int, activity: str, *, available: bool = False) -> str:
        self.workers.append(
            {
                "sid": sid("WK", number), "friendly_name": f"w{number}", "activity_name": activity,
                "available": available, "date_status_changed": "2026-11-22T08:00:00Z",
            }
        )  # fmt: skip
        return sid("WK", number)

    def answer(self, request: Request) -> bytes:
        self.asked.append(request)
        key, rows = {
            "queues": ("task_queues", self.queues),
            "workers": ("workers", self.workers),
            "tasks": ("tasks", self.tasks),
            "accepted": (
                "reservations",
                [row for row in self.reservations if row["task_sid"] in request.path],
            ),
        }[request.ask]
        at = int(dict(request.params).get("Page", "0")) * self.page
        more = len(rows) > at + self.page
        link = (
            f"https://taskrouter.twilio.com{request.path}?PageSize=1000&Page={at // self.page + 1}"
        )
        told = {key: rows[at : at + self.page], "meta": {"next_page_url": link if more else None}}
        assert self.spec.complaints(TWILIO_PATHS[request.ask], told) == []
        assert {name for name, _ in request.params} <= self.spec.parameters(
            TWILIO_PATHS[request.ask]
        )
        return json.dumps(told).encode()

    def looked(self, mapping: Mapping, now: datetime = NOW, before: Mapped | None = None) -> Mapped:
        look = mapping.look(now, address="https://taskrouter.twilio.com")
        while (request := look.wanted()) is not None:
            look.take(self.answer(request))
        return mapping.picture(look.answers(), now, before)


def test_that_every_status_of_a_task_has_a_meaning(twilio: VendorSpec) -> None:
    workspace = Workspace(twilio)
    statuses = twilio.enum("task_enum_status")
    for number, status in enumerate(statuses):
        workspace.task(number, status)
    mapped = workspace.looked(twilio_mapping())
    assert mapped.troubles == ()
    waiting = {key for key, row in mapped.snapshot.calls.items() if row.answered_at is None}
    talking = set(mapped.snapshot.calls) - waiting
    by_status = {status: sid("WT", number) for number, status in enumerate(statuses)}
    assert waiting == {by_status["pending"], by_status["reserved"]}
    assert talking == {by_status["assigned"]}
    assert {key: fact.ending for key, fact in facts(mapped).items()} == {
        by_status["wrapping"]: Ending.ANSWERED,
        by_status["completed"]: Ending.ANSWERED,
        by_status["canceled"]: Ending.ABANDONED,
    }
    assert {fact.caller_number for fact in facts(mapped).values()} == {"+98"}


@pytest.mark.parametrize(
    ("reason", "ending"),
    [
        (None, Ending.ABANDONED),
        ("hangup", Ending.ABANDONED),
        ("Task TTL Exceeded", Ending.TIMED_OUT),
    ],
)
def test_that_a_canceled_task_ended_as_its_reason_says(
    twilio: VendorSpec, reason: str | None, ending: Ending
) -> None:
    workspace = Workspace(twilio)
    workspace.task(1, "canceled", reason=reason)
    assert facts(workspace.looked(twilio_mapping()))[sid("WT", 1)].ending is ending


def test_that_a_task_is_followed_from_its_queue_to_its_end(twilio: VendorSpec) -> None:
    workspace, mapping = Workspace(twilio), twilio_mapping()
    worker = workspace.worker(1, "Available", available=True)
    task = workspace.task(1, "pending")
    first = workspace.looked(mapping)
    assert first.snapshot.agents[worker].state is AgentState.FREE
    task["assignment_status"] = "assigned"
    workspace.reservations.append(
        {
            "task_sid": task["sid"], "worker_sid": worker, "reservation_status": "accepted",
            "date_updated": "2026-11-22T08:30:02Z",
        }
    )  # fmt: skip
    second = workspace.looked(mapping, NOW + 5 * SECOND, first)
    call = second.snapshot.calls[task["sid"]]
    assert (call.agent_id, call.answered_at) == (worker, NOW + 2 * SECOND)
    assert second.snapshot.agents[worker].state is AgentState.IN_CALL
    assert second.snapshot.agents[worker].call_id == task["sid"]
    task |= {"assignment_status": "wrapping", "date_updated": "2026-11-22T08:31:02Z"}
    third = workspace.looked(mapping, NOW + 70 * SECOND, second)
    fact = facts(third)[task["sid"]]
    assert (fact.ending, fact.wait, fact.talk) == (Ending.ANSWERED, 62 * SECOND, 60 * SECOND)
    assert fact.agent_id == worker
    task |= {"assignment_status": "completed", "date_updated": "2026-11-22T08:32:00Z"}
    assert workspace.looked(mapping, NOW + 130 * SECOND, third).facts == ()


@pytest.mark.parametrize(
    ("activity", "available", "state"),
    [
        ("Available", True, AgentState.FREE),
        ("Idle", True, AgentState.FREE),
        ("Offline", False, AgentState.OFFLINE),
        ("Reserved", False, AgentState.RINGING),
        ("Busy", False, AgentState.OTHER),
        ("WrapUp", False, AgentState.WRAP_UP),
        ("Lunch", False, AgentState.ON_BREAK),
    ],
)
def test_that_an_activity_of_a_worker_is_a_state(
    twilio: VendorSpec, activity: str, available: bool, state: AgentState
) -> None:
    workspace = Workspace(twilio)
    key = workspace.worker(1, activity, available=available)
    agent = workspace.looked(twilio_mapping()).snapshot.agents[key]
    assert agent.state is state
    assert agent.reason == (activity if state is AgentState.ON_BREAK else None)


def test_that_all_pages_are_asked_for_and_names_only_now_and_then(twilio: VendorSpec) -> None:
    workspace, mapping = Workspace(twilio), twilio_mapping()
    workspace.page = 2
    for number in range(5):
        workspace.worker(number, "Idle", available=True)
    look = mapping.look(NOW, address="https://taskrouter.twilio.com")
    while (request := look.wanted()) is not None:
        look.take(workspace.answer(request))
    assert len(mapping.picture(look.answers(), NOW).snapshot.agents) == 5
    assert [request.ask for request in workspace.asked] == ["queues", *["workers"] * 3, "tasks"]
    again = mapping.look(
        NOW + 5 * SECOND, address="https://taskrouter.twilio.com", kept=look.kept()
    )
    assert again.wanted() is not None
    assert again.wanted().ask == "workers"  # type: ignore[union-attr]


def test_that_the_vendor_s_own_examples_are_read(twilio: VendorSpec) -> None:
    answers = {}
    for ask, path in TWILIO_PATHS.items():
        example = twilio.examples(path)["readFull"]
        assert twilio.complaints(path, example) == []
        answers[ask] = [json.dumps(example).encode()]
    answers["accepted"] = [b'{"each": "x", "answer": %b}' % answers["accepted"][0]]
    mapped = twilio_mapping().picture(answers, NOW)
    assert (mapped.ignored, mapped.troubles) == (0, ())
    assert len(mapped.snapshot.queues) == 1
    (agent,) = mapped.snapshot.agents.values()
    assert (agent.name, agent.state) == ("testWorker", AgentState.OFFLINE)


@SLOW
@given(data=st.data())
def test_that_no_answer_that_the_specification_of_twilio_allows_breaks_anything(
    twilio: VendorSpec, data: st.DataObject
) -> None:
    answers = {}
    for ask, path in TWILIO_PATHS.items():
        told = data.draw(twilio.answers(twilio.answer_schema(path)))
        assert twilio.complaints(path, told) == []
        answers[ask] = [json.dumps(told).encode()]
    answers["accepted"] = [b'{"each": "x", "answer": %b}' % answers["accepted"][0]]
    try:
        mapped = twilio_mapping().picture(answers, NOW)
    except SourceUnreadable as unreadable:
        assert unreadable.fault.detail("place")  # noqa: PT017 - a list or a key is not required
    else:
        assert mapped.snapshot.as_of == NOW


# --- 3CX ---

XAPI_PATHS = {"queues": "/Queues", "users": "/Users", "calls": "/ActiveCalls"}
AT = "2026-11-22T08:29:00Z"


@pytest.fixture(scope="module")
def xapi() -> VendorSpec:
    return spec_of("3cx-xapi-v20.subset.yaml")


class Pbx:
    """A 3CX that answers what the mapping asks, each answer judged by the specification."""

    def __init__(self, spec: VendorSpec) -> None:
        self.spec = spec
        self.rows: dict[str, list[dict[str, Any]]] = {
            "queues": [
                {"Id": 1, "Number": "800", "Name": "Sales", "SLATime": 20,
                 "Agents": [{"Number": "101"}, {"Number": "102"}]},
            ],
            "users": [
                {"Id": 5, "Number": "101", "DisplayName": "Sara", "QueueStatus": "LoggedIn",
                 "CurrentProfileName": "Available", "IsRegistered": True},
                {"Id": 6, "Number": "102", "DisplayName": "Ali", "QueueStatus": "LoggedIn",
                 "CurrentProfileName": "Away", "IsRegistered": True},
                {"Id": 7, "Number": "200", "DisplayName": "No agent"},
            ],
            "calls": [],
        }  # fmt: skip

    def call(self, callee: str, status: str, changed: str = AT, caller: str = "0912 Reza") -> None:
        self.rows["calls"] = [
            {"Id": 9, "Caller": caller, "Callee": callee, "Status": status,
             "EstablishedAt": AT, "LastChangeStatus": changed, "ServerNow": "2026-11-22T08:29:58Z"}
        ]  # fmt: skip

    def looked(self, now: datetime = NOW, before: Mapped | None = None) -> Mapped:
        mapping = mapping_filled("3cx-v20.toml")
        look = mapping.look(now, address="https://pbx.example/xapi/v1")
        while (request := look.wanted()) is not None:
            path = XAPI_PATHS[request.ask]
            assert request.path == path
            assert {name for name, _ in request.params} <= self.spec.parameters(path)
            told = {"value": copy.deepcopy(self.rows[request.ask])}
            for row in told["value"]:
                if "ServerNow" in row:
                    row["ServerNow"] = now.isoformat().replace("+00:00", "Z")
            assert self.spec.complaints(path, told) == []
            look.take(json.dumps(told).encode())
        return mapping.picture(look.answers(), now, before)


def test_that_a_3cx_is_read(xapi: VendorSpec) -> None:
    mapped = Pbx(xapi).looked()
    assert mapped.troubles == ()
    (queue,) = mapped.snapshot.queues.values()
    assert (queue.name, queue.target) == ("Sales", 20 * SECOND)
    assert set(mapped.snapshot.agents) == {"101", "102"}, "who is in no queue is no agent"
    sara, ali = mapped.snapshot.agents["101"], mapped.snapshot.agents["102"]
    assert (sara.name, sara.state, sara.queues) == ("Sara", AgentState.FREE, ("800",))
    assert (ali.state, ali.reason) == (AgentState.ON_BREAK, "Away")


def test_that_every_status_of_a_queue_s_agent_has_a_meaning(xapi: VendorSpec) -> None:
    states = {}
    for status in [*xapi.enum("Pbx.QueueStatusType"), None]:
        pbx = Pbx(xapi)
        pbx.rows["users"][0]["QueueStatus"] = status
        mapped = pbx.looked()
        assert mapped.troubles == ()
        states[status] = mapped.snapshot.agents["101"].state
    assert states == {
        "LoggedIn": AgentState.FREE, "LoggedOut": AgentState.OFFLINE, None: AgentState.FREE
    }  # fmt: skip


def test_that_every_profile_has_a_meaning(xapi: VendorSpec) -> None:
    states = {}
    for profile in [*xapi.enum("Pbx.ProfileType"), None]:
        pbx = Pbx(xapi)
        pbx.rows["users"][0]["CurrentProfileName"] = profile
        states[profile] = pbx.looked().snapshot.agents["101"].state
    assert states.pop("Available") is AgentState.FREE
    assert states.pop(None) is AgentState.UNKNOWN
    assert set(states.values()) == {AgentState.ON_BREAK}


def test_that_a_call_of_a_queue_is_followed_to_its_agent_and_its_end(xapi: VendorSpec) -> None:
    pbx = Pbx(xapi)
    pbx.call("800 Sales", "Talking")
    waiting = pbx.looked()
    assert waiting.snapshot.calls["9"].answered_at is None
    assert waiting.snapshot.calls["9"].caller_number == "0912"
    pbx.call("101 Sara", "Routing", "2026-11-22T08:30:01Z")
    ringing = pbx.looked(NOW + 5 * SECOND, waiting)
    assert ringing.snapshot.calls["9"].answered_at is None
    pbx.call("101 Sara", "Talking", "2026-11-22T08:30:07Z")
    talking = pbx.looked(NOW + 10 * SECOND, ringing)
    call = talking.snapshot.calls["9"]
    assert (call.queue_id, call.agent_id) == ("800", "101")
    assert call.answered_at == NOW + 7 * SECOND
    assert call.entered_at == NOW - 60 * SECOND
    assert talking.snapshot.agents["101"].state is AgentState.IN_CALL
    assert talking.snapshot.agents["101"].call_id == "9"
    pbx.rows["calls"] = []
    fact = facts(pbx.looked(NOW + 27 * SECOND, talking))["9"]
    assert (fact.ending, fact.wait, fact.talk) == (Ending.ANSWERED, 67 * SECOND, 20 * SECOND)


def test_that_a_call_without_a_queue_makes_an_agent_busy_and_no_call(xapi: VendorSpec) -> None:
    pbx = Pbx(xapi)
    pbx.call("0912 Outside", "Talking", caller="101 Sara")
    mapped = pbx.looked()
    assert mapped.snapshot.calls == {}
    assert mapped.ignored == 0
    assert mapped.snapshot.agents["101"].state is AgentState.OTHER


def test_that_a_caller_who_is_gone_has_an_ending_nobody_knows(xapi: VendorSpec) -> None:
    pbx = Pbx(xapi)
    pbx.call("800 Sales", "Talking")
    waiting = pbx.looked()
    pbx.rows["calls"] = []
    assert facts(pbx.looked(NOW + 5 * SECOND, waiting))["9"].ending is Ending.UNKNOWN


@SLOW
@given(data=st.data())
def test_that_no_answer_that_the_specification_of_3cx_allows_breaks_anything(
    xapi: VendorSpec, data: st.DataObject
) -> None:
    answers = {}
    for ask, path in XAPI_PATHS.items():
        told = data.draw(xapi.answers(xapi.answer_schema(path)))
        assert xapi.complaints(path, told) == []
        answers[ask] = [json.dumps(told).encode()]
    try:
        mapped = mapping_filled("3cx-v20.toml").picture(answers, NOW)
    except SourceUnreadable as unreadable:
        assert unreadable.fault.detail("place")  # noqa: PT017 - a list or a key is not required
    else:
        assert mapped.snapshot.as_of <= NOW


def test_that_the_judge_refuses_what_the_specification_refuses(
    twilio: VendorSpec, xapi: VendorSpec
) -> None:
    assert twilio.complaints(TASKS, {"tasks": [{"assignment_status": "lost"}]})
    assert twilio.complaints(TASKS, {"tasks": [{"sid": "WT1"}]})
    assert twilio.complaints(TASKS, {"tasks": [{"age": "old"}]})
    assert xapi.complaints("/Users", {"value": [{"QueueStatus": "Asleep"}]})
    assert xapi.complaints("/ActiveCalls", {"value": [{"EstablishedAt": "yesterday"}]})
    assert Path(MAPPINGS).is_dir()
