"""Other people's services are reached through their library, and no address is told on."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import pytest
from support.taking import HookServer

from wallboard.delivery import service
from wallboard.domain.delivery import NotDelivered, Post
from wallboard.domain.errors import FaultKind

Made = Callable[..., Post]
apprise = pytest.importorskip("apprise")
# The library imports what a later Python does not have any more, and has its own for then.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


def test_that_a_message_goes_out_as_plain_text(hook: HookServer, post: Made) -> None:
    service.KIND.made({"address": f"json://127.0.0.1:{hook.port}/"}).send(post())
    (taken,) = hook.taken
    told = json.loads(taken.body)
    assert told["title"] == post().title
    assert told["message"] == post().text


def test_that_no_outside_text_is_markup_where_a_service_writes_markup(
    hook: HookServer, post: Made
) -> None:
    service.KIND.made({"address": f"json://127.0.0.1:{hook.port}/?format=html"}).send(post())
    (taken,) = hook.taken
    message = json.loads(taken.body)["message"]
    assert "&lt;script&gt;" in message
    assert "<script>" not in message


def test_that_a_service_that_refuses_is_named_without_its_address(
    hook: HookServer, post: Made
) -> None:
    hook.answer = lambda _taken: (500, {}, b"")
    way = service.KIND.made({"address": f"json://user:s3cret@127.0.0.1:{hook.port}/"})
    with pytest.raises(NotDelivered) as caught:
        way.send(post())
    assert caught.value.fault.kind is FaultKind.NOT_TOLD_ON
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "address", ["", "nothing", "file:///tmp/x", "dbus://", "unheardof://x", "tgram://"]
)
def test_that_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(NotDelivered) as caught:
        service.KIND.made({"address": address})
    assert caught.value.fault.kind is FaultKind.BAD_SETTING


def test_that_without_the_library_it_is_said_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(NotDelivered) as caught:
        service.KIND.made({"address": "json://127.0.0.1/"})
    assert caught.value.fault.kind is FaultKind.NOT_INSTALLED
    assert caught.value.lasting
