"""What made other parsers quadratic, when it came many times over."""

from __future__ import annotations

from comptoir.mailbox.strip import MARKERS
from tests.mailbox.pieces import pieces

LONG_TEXTS = pieces(
    """
    Le 23/11/2026 à 14:05, <a@b.c> ¶
    De : a@b.c¶
    De : a@b.c¶Envoyé : 14:05¶
    > a¶b¶
    >
    ¶
    >¶¶
    a:¶
    a␣
    Cordialement,¶
    -- ¶
    Envoyé de mon iPhone¶
    a@b.c¶
    > aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa¶b¶
    ce message destinataire par erreur␣
    > On 14:05 x wrote:¶
    """
)
LONG_TEXTS += ["_" * 40 + "\n", MARKERS["fr"] + "\n> a\n"]
LONG_PAGES = pieces(
    """
    <!--
    <
    <a
    <a b="
    <a b='"
    <blockquote>a
    <img a=
    <p>a</p>
    &
    &#x
    <a href=http://x>a
    <style>
    <style></styl
    <!
    </
    <pre>¶
    ␣
    <a =␣
    <li>
    <div class=Signature>
    a</a>
    """
)
LONG_HEADERS = pieces(
    """
    =?a?q?
    =?utf-8?q?a?=
    =?utf-8?b?a?=␣
    <
    (
    "
    ,
    a@b,
    "\
    a:
    @
    a;b="
    a;b*0*=x
    """
)
LONG_MAILS = [
    b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\n",
    b"Subject: a\n",
    b"Content-Type: text/plain; format=flowed\n\n",
    b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n",
]
