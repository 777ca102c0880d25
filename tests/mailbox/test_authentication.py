"""comptoir.mailbox.authentication: only our own server is believed, and only without contradiction. Pure."""

from __future__ import annotations

import pytest

from comptoir.mailbox.authentication import Dmarc, Result, dmarc_of, results_of, without_claims

OURS = "mx.lambert.be"
GOOD = "mx.lambert.be; dmarc=pass (p=none dis=none) header.from=bank.be"


def verdict(*values: str, domain: str = "bank.be", ours: str = OURS) -> Dmarc:
    headers = [("Received", "from x"), *(("Authentication-Results", value) for value in values)]
    return dmarc_of(headers, authserv_id=ours, from_domain=domain)


@pytest.mark.parametrize(
    "value",
    [
        GOOD,
        "MX.Lambert.BE ; DMARC=Pass Header.From=BANK.be",
        "mx.lambert.be 1; dmarc=pass header.from=bank.be",
        "mx.lambert.be;\tdkim=pass header.d=bank.be header.s=s1 header.b=abc+/d==; spf=pass smtp.mailfrom=a@bank.be; dmarc/1=pass (a (b) c) header.from = bank.be;",
        'mx.lambert.be; dkim=fail reason="bad; dmarc=fail" header.d=x.be; dmarc=pass header.from="bank.be"',
        "mx.lambert.be; dmarc=pass action=none header.from=bank.be",
        "mx.lambert.be (our own) ; dmarc=pass policy.published-domain-policy=none header.from=bank.be.",
    ],
    ids=["opendmarc", "case", "version", "rspamd", "quoted", "microsoft", "comment"],
)
def test_our_server_is_believed(value: str) -> None:
    assert verdict(value) is Dmarc.PASS


@pytest.mark.parametrize(
    "value",
    [
        "mx.evil.be; dmarc=pass header.from=bank.be",
        "mx.lambert.be.evil.be; dmarc=pass header.from=bank.be",
        '"mx.lambert.be"; dmarc=pass header.from=bank.be',
        "dmarc=pass header.from=bank.be",
        "; dmarc=pass header.from=bank.be",
        "mx.lambert.be dmarc=pass header.from=bank.be",
        "mx.lambert.be 2; dmarc=pass header.from=bank.be",
        "mx.lambert.be; none",
        "mx.lambert.be",
        "mx.lambert.be; dmarc=none header.from=bank.be",
        "mx.lambert.be; dmarc=temperror header.from=bank.be",
        "mx.lambert.be; spf=pass smtp.mailfrom=bank.be; dkim=pass header.d=bank.be",
        "mx.lambert.be; spf=fail (dmarc=pass header.from=bank.be)",
        'mx.lambert.be; spf=fail smtp.mailfrom="; dmarc=pass header.from=bank.be"',
        "mx.lambert.be; dmarc=pass header.from=bank.be (unclosed",
        "mx.lambert.be; dmarc=pass header.from=bank.be (unclosed \\)",
        'mx.lambert.be; dmarc=pass header.from="bank.be',
        "mx.lambert.be; dmarc pass header.from=bank.be",
        "mx.lambert.be; dmarc=pass header.from=",
        'mx.lambert.be; "dmarc"=pass header.from=bank.be',
        "mx.lambert.be; dmarc!=pass header.from=bank.be",
        "mx.lambert.be; dmarc=pass ) header.from=bank.be",
        "",
    ],
)
def test_who_says_nothing_proves_nothing(value: str) -> None:
    assert verdict(value) is Dmarc.ABSENT


@pytest.mark.parametrize(
    "values",
    [
        ["mx.lambert.be; dmarc=fail header.from=bank.be"],
        ["mx.lambert.be; dmarc=pass header.from=evil.be"],
        ["mx.lambert.be; dmarc=pass header.from=mail.bank.be"],
        ["mx.lambert.be; dmarc=pass"],
        ["mx.lambert.be; dmarc=bestguesspass header.from=bank.be"],
        [GOOD, "mx.lambert.be; dmarc=fail header.from=bank.be"],
        ["mx.lambert.be; dmarc=fail header.from=bank.be", GOOD],
        ["mx.lambert.be; dmarc=none header.from=bank.be", GOOD],
        [GOOD, "mx.lambert.be; dmarc=pass header.from=evil.be"],
        ["mx.lambert.be; dmarc=pass header.from=bank.be header.from=evil.be"],
        # A sender's address that broke out of its property, as opendmarc once let it.
        [
            "mx.lambert.be; spf=pass smtp.mailfrom=a; dmarc=pass header.from=bank.be; dmarc=fail header.from=bank.be"
        ],
    ],
)
def test_what_contradicts_has_failed(values: list[str]) -> None:
    assert verdict(*values) is Dmarc.FAIL


def test_headers_of_others_change_nothing() -> None:
    assert verdict("mx.evil.be; dmarc=fail header.from=bank.be", GOOD, "broken (") is Dmarc.PASS


def test_without_a_name_for_our_server_nobody_is_trusted() -> None:
    assert verdict("; dmarc=pass header.from=bank.be", ours="") is verdict(GOOD, ours=" ") is Dmarc.ABSENT
    assert verdict(GOOD, domain="") is Dmarc.FAIL


def test_a_domain_in_letters_is_the_one_in_ascii() -> None:
    assert verdict("mx.lambert.be; dmarc=pass header.from=xn--caf-dma.be", domain="Café.be") is Dmarc.PASS
    assert verdict("mx.lambert.be; dmarc=pass header.from=cafe.be", domain="café.be") is Dmarc.FAIL
    assert verdict("mx.lambert.be; dmarc=pass header.from=a", domain="é..be") is Dmarc.FAIL


def test_results_are_told_in_order() -> None:
    value = "mx.lambert.be; spf=pass smtp.mailfrom=a@bank.be; dkim=pass (ok) header.d=bank.be header.b=ab=="
    assert results_of([("AUTHENTICATION-RESULTS", value)], authserv_id=OURS) == (
        Result("spf", "pass", (("smtp.mailfrom", "a@bank.be"),)),
        Result("dkim", "pass", (("header.d", "bank.be"), ("header.b", "ab"))),
    )


def test_claims_of_others_are_taken_off() -> None:
    kept = [("Subject", "x"), ("Authentication-Results", GOOD)]
    claims = [
        ("Authentication-Results", "mx.evil.be; dmarc=pass header.from=bank.be"),
        ("authentication-results", "mx.lambert.be; broken ("),
        ("ARC-Authentication-Results", "i=1; mx.lambert.be; dmarc=pass"),
    ]
    assert without_claims([*claims, *kept], authserv_id=OURS) == tuple(kept)
    assert without_claims([*claims, *kept], authserv_id="") == (("Subject", "x"),)
