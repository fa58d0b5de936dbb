"""Addresses: read once, strictly; what could be read in two ways is refused."""

from __future__ import annotations

import pytest

from wallboard.net.origin import AddressUnusable, Origin, address_of


@pytest.mark.parametrize(
    ("text", "origin", "path"),
    [
        ("https://api.example.com", "https://api.example.com", ""),
        ("HTTPS://API.Example.COM:443/", "https://api.example.com", ""),
        ("https://api.example.com:8443/a/b/", "https://api.example.com:8443", "/a/b"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", ""),
        ("http://[::1]:8080/x", "http://[::1]:8080", "/x"),
        ("https://[2001:DB8:0::1]", "https://[2001:db8::1]", ""),
        ("https://bücher.example", "https://xn--bcher-kva.example", ""),
        ("https://مرکز.example", "https://xn--wgbc9c1w.example", ""),
        ("https://pbx_1.lan/%41", "https://pbx_1.lan", "/%41"),
        ("https://good.example/@evil.example", "https://good.example", "/@evil.example"),
    ],
)
def test_that_an_address_is_an_origin_and_a_path(text: str, origin: str, path: str) -> None:
    read, below = address_of(text)
    assert str(read) == origin
    assert below == path
    assert address_of(str(read)) == (read, "")


EVIL = "evil.example"
TRICKS = [
    "",
    "api.example.com",
    "//api.example.com",
    "ftp://api.example.com",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "https:api.example.com",
    "https:///api.example.com",
    "https://",
    "https://:443",
    "https://.",
    "https://a..b",
    "https://api.example.com.",
    "https://-a.example",
    "https://a-.example",
    "https://" + "a" * 64 + ".example",
    "https://" + "a." * 150 + "example",
    "https://api.example.com:0",
    "https://api.example.com:65536",
    "https://api.example.com:99999",
    "https://api.example.com:8x",
    "https://api.example.com:-1",
    "https://api.example.com:",
    "https://api.example.com?x=1",
    "https://api.example.com/?key=1",
    "https://api.example.com#x",
    "https://api.example.com/#x",
    "https://api.example.com/..",
    "https://api.example.com/a/../b",
    "https://api.example.com/./b",
    "https://api.example.com/%zz",
    "https://api.example.com/%",
    "https://api.example.com/<x>",
    "https://api.example.com/a b",
    "https://api.example.com/\\x",
    "https://api.example.com/" + "a" * 2000,
    "https://[::1",
    "https://::1",
    "https://[127.0.0.1]",
    "https://[fe80::1%25eth0]",
    "https://[fe80::1%eth0]",
    "https://[::1]evil.example",
    "https://1",
    "https://127.1",
    "https://127.0.1",
    "https://0x7f.0.0.1",
    "https://0x7f000001",
    "https://2130706433",
    "https://0177.0.0.1",
    "https://127.0.0.1.2",
    "https://256.0.0.1",
    "https://1.2.3.0x4",
    "https://example.0x",
    "https://\u2488evil.example",
    "https://evil\u2044example",
    "https://evil\u2100x.example",
    "https://a\u0000b.example",
    "https://api.example\u200d.com",
    *[f"https://api.example.com{mark}@{EVIL}" for mark in ("", ":", ":pw", "%40", "/..;")][:3],
    *[f"https://{EVIL}{mark}.api.example.com" for mark in ("\\", "%2f", "%5c", "%00", " ", "\t")],
    *[f"https://api.example.com{mark}{EVIL}" for mark in ("\\", "\\@", "%2e", "%23@", "%3f@")],
    *[
        f"https://api.example.com{mark}{EVIL}"
        for mark in ("\r\n", "\n", "\t", "\x0b", "\x7f ", "|")
    ],
    *[f"{mark}https://api.example.com" for mark in ("\t", "\n", "x", "\u00a0", "\ufeff")],
    *[f"https{mark}//api.example.com" for mark in ("::", ":\\", ":/\\", ":\t", ";", "")],
    *[f"https://{mark}@{EVIL}" for mark in ("", "a", "a:b", "api.example.com", "[::1]", "a%40b")],
    *[f"https://user:pass{mark}{EVIL}" for mark in ("@", "%40@", "@@", "@api.example.com@")],
    *[f"https://api.example.com{dot}evil" + mark for dot in ("@",) for mark in ("/", "#", "?")],
    *[f"https://{quote}api.example.com{quote}" for quote in ('"', "'", "`", "<", "(", "{", "^")],
    *[f"https://api{mark}.example.com" for mark in ("*", "$", "&", "+", ",", "=", "!", "~", ";")],
]


@pytest.mark.parametrize("text", TRICKS)
def test_that_a_trick_is_refused(text: str) -> None:
    with pytest.raises(AddressUnusable):
        address_of(text)


@pytest.mark.parametrize(
    ("host", "inside"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("localhost.evil.example", False),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("api.example.com", False),
    ],
)
def test_that_only_this_computer_is_this_computer(host: str, inside: bool) -> None:
    assert Origin(scheme="http", host=host, port=80).loopback is inside
