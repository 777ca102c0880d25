"""An answer as Gmail builds it: plain and HTML, the whole mail quoted beneath, its thread in the headers."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def answer_of(mail: EmailMessage, text: str, *, server: str) -> bytes:
    """`server` is the name under which our mail server says that the sender is proven."""
    said = mail.get_body(("plain",))
    assert said is not None
    quoted = said.get_content().splitlines()
    owner, reply_to = str(mail["To"]), str(mail["Reply-To"])
    answer = EmailMessage()
    answer["Authentication-Results"] = (
        f"{server}; dkim=pass; dmarc=pass header.from={owner.rpartition('@')[2]}"
    )
    answer["Received"] = "from mail-ej1-f44.google.com by mx.talmont.example; Mon, 23 Nov 2026 06:41:12 -0800"
    answer["From"], answer["To"] = f"Sophie <{owner}>", reply_to
    answer["Subject"] = f"Re: {mail['Subject']}"
    answer["Date"] = "Mon, 23 Nov 2026 15:41:01 +0100"
    answer["Message-ID"] = "<CAKx7+Q0002mZ@mail.gmail.com>"
    answer["In-Reply-To"] = str(mail["Message-ID"])
    answer["References"] = f"{mail['References']} {mail['Message-ID']}"
    answer.set_content(
        "\n".join([text, "", *_introduced(reply_to), "", *(f"> {line}".rstrip() for line in quoted)])
    )
    lines = "<br>".join(quoted)
    answer.add_alternative(
        f'<div dir="ltr">{text}</div><br><div class="gmail_quote"><div class="gmail_attr">'
        f"{' '.join(_introduced(reply_to))}</div><blockquote>{lines}</blockquote></div>",
        subtype="html",
    )
    return answer.as_bytes()


def _introduced(reply_to: str) -> Iterable[str]:
    """Broken where Gmail breaks it."""
    address = reply_to.rpartition("<")[2].rstrip(">")
    return [f"Le lun. 23 nov. 2026 à 14:05, Talmont <{address}>", "a écrit :"]
