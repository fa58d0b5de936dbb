"""An example of the wallboard's API: a tiny call center, told by Python's standard library alone.

    WALLBOARD_TOKEN=choose-one python example_server.py 8080

Every half minute somebody calls, waits 8 seconds and talks to Sara for 16. Put your own system in
the place of the first four functions; what is below them may stay.
"""
# ruff: noqa: INP001, TID251, T201 - a program of its own, which reads the clock and prints

import hashlib
import hmac
import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

TOKEN = os.environ.get("WALLBOARD_TOKEN", "")
BEGAN = datetime.now(UTC)


def moments(number: int) -> tuple[datetime, datetime, datetime]:
    """Return when the call of this number came, was answered and ended."""
    came = BEGAN + timedelta(seconds=30 * number)
    return came, came + timedelta(seconds=8), came + timedelta(seconds=24)


def snapshot(now: datetime) -> dict:
    """Return what is true now: all queues, all agents, and the calls that are not over."""
    number = (now - BEGAN) // timedelta(seconds=30)
    came, answered, ended = moments(number)
    sara = {"agent_id": "sara", "name": "Sara Tehrani", "queues": ["sales"], "state": "free"}
    call = {"call_id": f"c{number}", "queue_id": "sales", "entered_at": iso(came)}
    if answered <= now < ended:
        call |= {"answered_at": iso(answered), "agent_id": "sara"}
        sara |= {"state": "in_call", "state_since": iso(answered), "call_id": f"c{number}"}
    return {
        "queues": [{"queue_id": "sales", "name": "Sales", "target": 20}],
        "agents": [sara],
        "calls": [call] if now < ended else [],
        "facts_until": str(number + (now >= ended)),
        "source": {"state": "live", "fault": None},
    }


def facts(after: int, until: int) -> Iterator[dict]:
    """Return what has ended, in the order in which it did: a cursor is how many one has."""
    for number in range(after, until):
        came, _, ended = moments(number)
        who = {"queue_id": "sales", "agent_id": "sara", "call_id": f"c{number}"}
        when = {"entered_at": iso(came), "ended_at": iso(ended), "wait": 8, "talk": 16}
        yield {"kind": "call", "fact_id": f"call-{number}", "ending": "answered", **who, **when}


def capabilities() -> dict:
    """Return what this system can tell, and which fields it has never heard of."""
    never = "calls.caller_number calls.caller_name agents.reason call.caller_number call.hold"
    return {"api": "1.0", "facts": ["call"], "commands": [], "unsupported": never.split()}


def answer(path: str, asked: dict[str, str], now: datetime) -> dict | None:
    """Return an answer. None if there is no such thing; raises if the question makes no sense."""
    told = snapshot(now)
    end = int(told["facts_until"])
    if path == "/v1/capabilities":
        return capabilities()
    if path == "/v1/snapshot":
        return {"version": hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16], **told}
    if path == "/v1/facts":
        after, until = int(asked.get("after", end)), int(asked.get("until", end))
        stop = max(after, min(end, until, after + int(asked.get("limit", 1000))))
        return {"facts": list(facts(after, stop)), "next": str(stop), "more": stop < end}
    if path == "/v1/history":
        first, last = (datetime.fromisoformat(asked[name]) for name in ("from", "to"))
        some = [each for each in facts(0, end) if iso(first) <= each["entered_at"] < iso(last)]
        known = {"begin": iso(max(first, BEGAN)), "end": iso(min(last, now))}
        return {"facts": some, "known": [known] if known["begin"] < known["end"] else []}
    return None


def iso(instant: datetime) -> str:
    """Return a time as it is told: in UTC."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


class Handler(BaseHTTPRequestHandler):
    """Answers the questions of one connection."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer goes out in one piece

    def do_GET(self) -> None:
        """Answer a question."""
        now, where = datetime.now(UTC), urlsplit(self.path)
        if where.path == "/v1/health":
            source = {"state": "live", "fault": None}
            return self.tell(200, now, {"status": "ok", "api": "1.0", "source": source})
        given = self.headers.get("Authorization", "")
        if not TOKEN or not hmac.compare_digest(given.encode(), f"Bearer {TOKEN}".encode()):
            return self.tell(401, now, {"title": "Sign-in needed", "kind": "unauthorized"})
        try:
            told = answer(where.path, dict(parse_qsl(where.query)), now)
        except (KeyError, ValueError, OverflowError):
            return self.tell(400, now, {"title": "Not understood", "kind": "bad_request"})
        if told is None:
            return self.tell(404, now, {"title": "No such thing", "kind": "not_found"})
        same = self.headers.get("If-None-Match") == f'"{told.get("version")}"'
        return self.tell(304 if same else 200, now, told)

    def tell(self, status: int, now: datetime, told: dict) -> None:
        """Send an answer; a problem has its status in it, anything else its time."""
        told = {"as_of": iso(now), **told} if status < 400 else {"status": status, **told}
        body = b"" if status == 304 else json.dumps(told).encode()
        form = "application/json" if status < 400 else "application/problem+json"
        self.send_response(status)
        self.send_header("Content-Type", form)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Wallboard-As-Of", iso(now))
        if "version" in told:
            self.send_header("ETag", f'"{told["version"]}"')
        if status == 401:
            self.send_header("WWW-Authenticate", "Bearer")
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
