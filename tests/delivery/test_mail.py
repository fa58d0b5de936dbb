"""Mail goes to a real SMTP server, encrypted or not at all, and says what went wrong."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from support.taking import PASSWORD, USER, MailServer

from wallboard.delivery import mail, reaching
from wallboard.domain.delivery import Attachment, NotDelivered, Post
from wallboard.domain.errors import FaultKind

Made = Callable[..., Post]
Start = Callable[..., MailServer]


def told(server: MailServer, **more: str) -> dict[str, str]:
    return {
        "host": "127.0.0.1",
        "port": str(server.port),
        "security": "none",
        "from": "board@example.com",
        "to": "one@example.com, two@example.com",
        **more,
    }


def sent(fields: dict[str, str], post: Post) -> None:
    mail.KIND.made(fields).send(post)


def refused(fields: dict[str, str], post: Post) -> NotDelivered:
    with pytest.raises(NotDelivered) as caught:
        sent(fields, post)
    return caught.value


def test_that_a_message_arrives_at_all_its_recipients(mail_server: Start, post: Made) -> None:
    server = mail_server()
    sent(told(server), post())
    (message,) = server.box.messages
    assert server.box.recipients == [["one@example.com", "two@example.com"]]
    assert message["Subject"] == "Critical: <b>Somebody</b> waits"
    assert message["Auto-Submitted"] == "auto-generated"
    plain = message.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().splitlines() == ["Longest wait: 3:12", "<script>"]
    html = message.get_body(("html",))
    assert html is not None
    assert "&lt;script&gt;" in html.get_content()
    assert "<script>" not in html.get_content()


def test_that_a_message_sent_again_has_the_same_id(mail_server: Start, post: Made) -> None:
    server = mail_server()
    sent(told(server), post())
    sent(told(server), post())
    one, other = server.box.messages
    assert one["Message-ID"] == other["Message-ID"]


def test_that_persian_is_written_from_right_to_left(mail_server: Start, post: Made) -> None:
    server = mail_server()
    persian = Post(
        post_id="x",
        at=post().at,
        title="بحرانی: انتظار",
        text="«پشتیبانی»",
        rtl=True,
        language="fa",
    )
    sent(told(server), persian)
    (message,) = server.box.messages
    assert message["Subject"] == "بحرانی: انتظار"
    html = message.get_body(("html",))
    assert html is not None
    assert '<html lang="fa" dir="rtl">' in html.get_content()


def test_that_a_password_goes_over_an_encrypted_line_only(
    mail_server: Start, post: Made, tls: ssl.SSLContext, ca: str
) -> None:
    server = mail_server(tls, auth=True)
    fields = told(server, security="starttls", ca=ca, username=USER, password=PASSWORD)
    sent(fields, post())
    assert len(server.box.messages) == 1
    wrong = refused({**fields, "password": "no"}, post())
    assert wrong.fault.kind is FaultKind.SIGN_IN
    assert wrong.lasting
    unsafe = refused({**fields, "security": "none"}, post())
    assert unsafe.fault.kind is FaultKind.BAD_SETTING
    assert "no" not in str(wrong.fault.details)


def test_that_no_certificate_is_trusted_that_nobody_vouches_for(
    mail_server: Start, post: Made, tls: ssl.SSLContext
) -> None:
    server = mail_server(tls)
    wrong = refused(told(server, security="starttls"), post())
    assert wrong.fault.kind is FaultKind.CERTIFICATE
    assert wrong.lasting
    assert not server.box.messages


def test_that_encryption_that_is_not_offered_is_not_done_without(
    mail_server: Start, post: Made
) -> None:
    server = mail_server()
    wrong = refused(told(server, security="starttls"), post())
    assert wrong.fault.kind is FaultKind.BAD_SETTING
    assert wrong.fault.detail("field") == "security"
    assert not server.box.messages


@pytest.mark.parametrize(
    ("answer", "kind", "lasting"),
    [
        ("451 later", FaultKind.SERVER_ERROR, False),
        ("554 never", FaultKind.MESSAGE_REFUSED, True),
    ],
)
def test_that_a_refusal_for_now_is_none_for_ever(
    answer: str, kind: FaultKind, lasting: bool, mail_server: Start, post: Made
) -> None:
    server = mail_server()
    server.box.answer = answer
    wrong = refused(told(server), post())
    assert (wrong.fault.kind, wrong.lasting) == (kind, lasting)
    assert answer in wrong.fault.detail("said")


def test_that_a_server_that_is_down_is_named(mail_server: Start, post: Made) -> None:
    server = mail_server()
    server.stop()
    wrong = refused(told(server), post())
    assert wrong.fault.kind is FaultKind.UNREACHABLE
    assert wrong.fault.detail("port") == str(server.port)
    server.start()
    sent(told(server), post())
    assert len(server.box.messages) == 1


def test_that_who_drips_is_not_waited_for(post: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        reaching.Reach.__init__, "__kwdefaults__", {"ca": "", "limit": timedelta(seconds=0.5)}
    )
    with socket.create_server(("127.0.0.1", 0)) as listening:
        ended = threading.Event()

        def drip() -> None:
            taken, _ = listening.accept()
            with taken:
                while not ended.wait(0.05):
                    try:
                        taken.sendall(b"2")
                    except OSError:
                        return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        fields = {
            "host": "127.0.0.1",
            "port": str(listening.getsockname()[1]),
            "security": "none",
            "from": "a@b.c",
            "to": "d@e.f",
        }
        began_s = time.monotonic()
        wrong = refused(fields, post())
        took_s = time.monotonic() - began_s
        ended.set()
        thread.join()
    assert wrong.fault.kind is FaultKind.SLOW
    assert 0.4 < took_s < 1.5


@pytest.mark.parametrize(
    ("field", "content"),
    [
        ("from", "a@b.c\nBcc: everybody@example.com"),
        ("to", "a@b.c\r\nSubject: x"),
        ("to", ""),
        ("from", "nobody"),
        ("host", ""),
        ("host", "a b"),
        ("port", "0"),
        ("port", "99999"),
        ("security", "ssl3"),
    ],
)
def test_that_a_field_that_cannot_be_used_is_named(field: str, content: str) -> None:
    fields = {"host": "h", "from": "a@b.c", "to": "d@e.f", field: content}
    with pytest.raises(NotDelivered) as caught:
        mail.KIND.made(fields)
    assert caught.value.fault.kind is FaultKind.BAD_SETTING
    assert caught.value.fault.detail("field") == field
    assert caught.value.lasting


def test_that_files_arrive_as_they_were_sent(mail_server: Start, post: Made) -> None:
    server = mail_server()
    files = (
        Attachment(
            name="report-گزارش.pdf", kind="application", subtype="pdf", content=bytes(range(256))
        ),
        Attachment(
            name="calls.csv", kind="text", subtype="csv", content="\ufeffنام,1\r\n".encode()
        ),
    )
    sent(told(server), replace(post(), attachments=files))
    (message,) = server.box.messages
    attached = list(message.iter_attachments())
    assert [each.get_filename() for each in attached] == ["report-گزارش.pdf", "calls.csv"]
    assert [each.get_payload(decode=True) for each in attached] == [each.content for each in files]
    assert [each.get_content_type() for each in attached] == ["application/pdf", "text/csv"]
    plain = message.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().splitlines() == ["Longest wait: 3:12", "<script>"]


def test_that_a_message_with_files_may_take_longer_and_one_without_may_not(
    mail_server: Start, post: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[timedelta] = []
    begin = reaching.Deadline.begin

    def noted(self: reaching.Deadline, limit: timedelta) -> None:
        begun.append(limit)
        begin(self, limit)

    monkeypatch.setattr(reaching.Deadline, "begin", noted)
    file = Attachment(name="a.pdf", kind="application", subtype="pdf", content=bytes(1024 * 1024))
    server = mail_server()
    sent(told(server), post())
    sent(told(server), replace(post(), attachments=(file,)))
    assert begun[0] < begun[1]
    assert begun[1] - begun[0] == timedelta(seconds=32)
