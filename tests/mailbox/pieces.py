"""What hostile and broken mails are made of."""

from __future__ import annotations

from comptoir.mailbox.strip import MARKERS


def pieces(listed: str) -> list[str]:
    """One a line; `¶` and `␍` end a line within a piece, `␣` is a blank at its edge."""
    lines = [line.strip() for line in listed.splitlines() if line.strip()]
    return [line.replace("¶", "\n").replace("␍", "\r").replace("␣", " ") for line in lines]


MAIL_LINES = pieces(
    """
    From:␣
    To:␣
    Subject:␣
    Date:␣
    Message-ID: <a@b>¶
    References:␣
    ¶
    ␍¶
    ¶¶
    ␍
    Content-Type: text/plain; charset=
    Content-Type: text/html¶
    Content-Type: multipart/mixed; boundary=b¶
    Content-Type: multipart/alternative; boundary="b"¶
    Content-Type: message/rfc822¶
    --b¶
    --b--¶
    Content-Type: multipart/report; report-type=delivery-status; boundary=b¶
    Content-Type: message/delivery-status¶
    Content-Type: message/feedback-report¶
    Feedback-Type: abuse¶
    Action: failed¶
    Status: 5.1.1¶
    Content-Type: multipart/digest; boundary=b¶
    Content-Type: text/plain; format=flowed; delsp=yes¶
    Content-Type: application/ms-tnef; name=winmail.dat¶
    Content-Type: text/calendar¶
    Content-Type: ;;;=¶
    Content-Transfer-Encoding: base64¶
    Content-Transfer-Encoding: quoted-printable¶
    YWJj
    =E9=¶=
    =
    Content-Transfer-Encoding: x-uuencode¶
    begin 644 x¶#86)C¶
    end¶
    Content-Transfer-Encoding: 8bit¶
    Content-Disposition: attachment; filename*0*=utf-8''%E9; filename*1=x¶
    Content-Disposition: inline; filename=
    utf-8
    utf-7
    idna
    punycode
    undefined
    zlib
    iso-8859-12
    utf-16
    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
    iso-2022-jp
    =?utf-8?b?w6k=?=
    =?utf-8?q?=C3?=
    =?x?y?z?=
    "a\" <a@b.be>
    <a@b.be>, c@d.be
    (((
    Mon, 99 Foo 99999 25:61:61 +9999
    Mon, 23 Nov 2026 14:05:00 +0100¶
    Date: 1 Jan 0001 00:00 +2400¶
    >␣
    -- ¶
    Le 23/11 a 14:05, a@b.be a ecrit :¶
    X-Loop: ¶
    """
)
MAIL_PIECES = [line.encode() for line in MAIL_LINES] + [
    b"\xe9\xff\x00",
    b"\xf0\x9f",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\x1b$B",
    b"a" * 300,
]

TEXT_LINES = pieces(
    """
    ¶
    ¶¶
    >␣
    >
    >>␣
    -- ¶
    --¶
    ________________________________¶
    Voici la facture.¶
    Oui¶
    Non ?¶
    ␍¶
    ␍
    Le 23 nov. 2026 à 14:05, Bureau <a@b.be> a écrit :¶
    Op ma 23 nov 2026 om 14:05 schreef X <¶
    a@b.be>:¶
    Am 23.11.26 um 14:05 schrieb X:¶
    On 23 Nov, 14:05, X wrote:¶
    De : X <a@b.be>¶
    Envoyé : 14:05¶
    À : y¶
    Objet : z¶
    -----Message d'origine-----¶
    ---------- Forwarded message ---------¶
    Début du message transféré :¶
    Cordialement,¶
    Sophie¶
    Tél. 087 55 12 34¶
    Envoyé de mon iPhone¶
    Mvg
    PS: oui¶
    [image: x]¶
    """
)
LEGAL_NOTE = "Ce message est confidentiel, destiné à son destinataire ; reçu par erreur, supprimez-le. " * 2
TEXT_PIECES = [*TEXT_LINES, *MARKERS.values(), LEGAL_NOTE, "\u2066", "\ufeff> ", "\u00a0"]

HTML_TAGS = pieces(
    """
    <p>
    </p>
    <div>
    </div>
    <br>
    <blockquote>
    </blockquote>
    <blockquote style="border:none">
    <hr>
    <div class="gmail_signature">
    <pre>
    </pre>
    <li>
    <td>
    <a href="http://x">
    </a>
    <img alt='👍'>
    <script>
    </script>
    <style>
    </style>
    <!--
    -->
    <!
    <?
    <
    >
    &
    &amp;
    &#
    &#x110000;
    <head>
    <body>
    <title>
    </title>
    texte␣
    =
    "
    '
    /
    &nbsp;
    &#55296;
    <a b='
    """
)
HTML_PIECES = [*HTML_TAGS, "\x00", "\n"]

HEADER_WORDS = pieces(
    """
    mx;␣
    mx 1;␣
    dmarc=pass␣
    dmarc=fail␣
    header.from=
    bank.be
    ;␣
    ;
    =
    "
    \
    (
    )
    ␣
    none
    =?utf-8?q?
    =?utf-8?b?w6k=?=
    ?=
    <
    >
    @
    a@b.be
    ,
    :
    é
    *0*
    utf-8''%
    multipart/report; report-type=
    delivery-status
    boundary=
    auto-replied
    xn--
    *1=
    """
)
HEADER_PIECES = [*HEADER_WORDS, "\t", "\r\n ", "\udce9", "\u3002", "9" * 5000]
