"""comptoir.mailbox.headers: words, addresses, dates and parameters as programs really write them. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from comptoir.mailbox.headers import addresses, decoded, message_ids, moment, parameters, unfolded


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("plain  text ", "plain text"),
        ("=?utf-8?Q?Caf=C3=A9_noir?=", "Café noir"),
        ("a =?utf-8?b?w6k=?= b", "a é b"),
        ("=?utf-8?b?w6k=?= =?utf-8?b?w6k=?=", "éé"),
        ("=?utf-8?b?ww==?= =?utf-8?b?qQ==?=", "é"),
        ("=?utf-8?q?a?= =?iso-8859-1?q?=E9?=", "aé"),
        ("=?utf-8?q?a?= x =?utf-8?q?b?=", "a x b"),
        ("=?utf-8*fr?b?w6k?=", "é"),
        ("=?utf-8?b?w?=", "w"),
        ("=?unheard?q?=E9?=", "é"),
        ("=?utf-8?x?a?=", "=?utf-8?x?a?="),
        ("=?utf-8?q?a", "=?utf-8?q?a"),
        ("=?utf-8?q?a=0D=0ABcc:_x?=", "a Bcc: x"),
        ("=?utf-8?q?=00=ED=A0=80?=", "í\xa0€"),
    ],
)
def test_encoded_words(written: str, said: str) -> None:
    assert decoded(written) == " ".join(said.split())


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("a@b.be", [("", "a@b.be")]),
        (
            "Jean Dupont <Jean@B.BE>, c@d.be; e@f.be",
            [("Jean Dupont", "jean@b.be"), ("", "c@d.be"), ("", "e@f.be")],
        ),
        ('"Dupont, \\"Jean\\"" <a@b.be>', [('Dupont, "Jean"', "a@b.be")]),
        ("Dupont, Jean <a@b.be>", [("Jean", "a@b.be")]),
        ("a@b.be <c@d.be>", [("a@b.be", "c@d.be")]),
        ("=?utf-8?q?a=2C_b?= <a@b.be>", [("a, b", "a@b.be")]),
        ("a@b.be (Jean (le grand) \\) , x@y.be) ", [("", "a@b.be")]),
        ("a@b.be (never closed, c@d.be", [("", "a@b.be")]),
        ("Friends: a@b.be, c@d.be;", [("", "a@b.be"), ("", "c@d.be")]),
        ("Undisclosed recipients:;", []),
        ("<@relay.be,@x.be:a@b.be>", [("", "a@b.be")]),
        ("<a@b.be", [("", "a@b.be")]),
        ('"a b"@c.be, a@b@c.be, @b.be, a@, a b@c.be, a@b c', [("", "a@b@c.be")]),
        ("<a@b.be> <c@d.be>", [("", "a@b.be"), ("", "c@d.be")]),
        ("a@" + "b" * 400, []),
        ("é@exemple.be", [("", "é@exemple.be")]),
        ('"never closed', []),
        ("", []),
    ],
)
def test_addresses(written: str, found: list[tuple[str, str]]) -> None:
    assert [(address.name, address.address) for address in addresses(written)] == found


def test_a_header_on_one_line() -> None:
    assert unfolded("a\r\n b\n\tc\x00\x85d\u2028e") == "a b c d e"
    assert unfolded("caf\udcc3\udca9 \udce9") == "cafÃ© é"
    assert unfolded("caf\udcc3\udca9") == "café"
    assert len(unfolded("a" * 100_000)) == 16_000


def test_message_ids() -> None:
    assert message_ids("<a@b> junk <c@d><e> <f g@h> <<i@j>") == ("a@b", "c@d", "i@j")
    assert len(message_ids("<a@b>" * 1000)) == 100


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("Mon, 23 Nov 2026 14:05:00 +0100", datetime(2026, 11, 23, 13, 5, tzinfo=UTC)),
        ("23 Nov 2026 14:05 GMT (comment)", datetime(2026, 11, 23, 14, 5, tzinfo=UTC)),
        ("Mon, 23 Nov 2026 14:05:00", datetime(2026, 11, 23, 14, 5, tzinfo=UTC)),
        ("yesterday", None),
        ("Mon, 99 Nov 2026 14:05:00 +0100", None),
        ("Mon, 1 Jan 99999 00:00:00 +2300", None),
        ("Fri, 31 Dec 9999 23:59:00 -2300", None),
        ("", None),
    ],
)
def test_dates(written: str, when: datetime | None) -> None:
    assert moment(written) == when


@pytest.mark.parametrize(
    ("written", "first", "said"),
    [
        (
            'Text/Plain; Charset="UTF-8"; format=flowed',
            "text/plain",
            {"charset": "UTF-8", "format": "flowed"},
        ),
        ('a/b; name="x;y\\"z"', "a/b", {"name": 'x;y"z'}),
        ("a/b; name=first; name=second", "a/b", {"name": "first"}),
        ("a/b; n*1=b; n*0=a; n*x=", "a/b", {"n": "ab"}),
        ("a/b; n*0*=utf-8'fr'%C3; n*1*=%A9; n=plain", "a/b", {"n": "é"}),
        ("a/b; n*=''%E9", "a/b", {"n": "é"}),
        ("a/b; n*" + "9" * 5000 + "=x", "a/b", {"n": "x"}),
        ("a/b; =x; y; ;", "a/b", {}),
        ('a/b; boundary="never closed; x=y', "a/b", {"boundary": "never closed; x=y"}),
        ("", "", {}),
    ],
)
def test_parameters(written: str, first: str, said: dict[str, str]) -> None:
    assert parameters(written) == (first, said)
