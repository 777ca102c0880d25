"""HTML of a mail to plain text, as mail programs write their own plain part: quotes with `>`, rules as underscores.

Nothing here is ever shown as HTML, so a wrong guess costs a blank line, not safety.
"""

from __future__ import annotations

import re
from html import unescape

from comptoir.mailbox.html_tokens import Tag, tokens

QUOTE_DEPTH = 10  # a thousand nested quotes must not become a thousand marks on each of a thousand lines
RULE = "_" * 32  # what Outlook writes for the rule above a quoted mail
SIGNATURE = "-- "

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_SILENT = {"script", "style", "head", "title"}
_BLOCKS = {
    *(
        "address",
        "article",
        "aside",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
    ),
    *("form", "header", "html", "main", "nav", "ol", "pre", "section", "table", "tbody", "thead", "tr", "ul"),
}
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6"}
_SIGNATURES = (
    *("gmail_signature", "moz-signature", "ms-outlook-mobile-signature", "protonmail_signature_block"),
    *("applemailsignature", "zmail_signature", "yahoo_signature", "mail-editor-signature", "ymail_signature"),
)


def text_of_html(html: str) -> str:
    page = _Page()
    silent = ""
    for token in tokens(html):
        if silent:
            if isinstance(token, Tag) and token.name == ("body" if not token.is_end else silent):
                silent = ""  # a head that forgot its end is over where the body begins
        elif isinstance(token, str):
            page.write(unescape(token))
        elif token.name in _SILENT and not token.is_end:
            silent = token.name
        else:
            page.meet(token)
    return page.text()


# ── The page ─────────────────────────────────────────────────────────────


class _Page:
    """Lines as they grow."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quotes: list[bool] = []
        self.depth = 0
        self.link = ""
        self.link_from = 0
        self.is_pre = False
        self.has_margin = True

    def text(self) -> str:
        self.end_line()
        return "\n".join(self.lines).strip("\n")

    def write(self, text: str) -> None:
        if self.is_pre:
            first, *rest = text.replace("\r\n", "\n").split("\n")
            self.line.append(first)
            for line in rest:
                self.break_line()
                self.line.append(line)
            return
        text = _BLANKS.sub(" ", text)
        if not self.line or self.line[-1].endswith(" "):
            text = text.lstrip(" ")
        if text:
            self.line.append(text)

    def break_line(self) -> None:
        content = "".join(self.line).replace("\xa0", " ")
        content = content if content == SIGNATURE else content.rstrip(" ")
        marks = ">" * min(self.depth, QUOTE_DEPTH)
        self.lines.append(f"{marks} {content}".rstrip(" ") if marks else content)
        self.line = []

    def end_line(self) -> None:
        if self.line:
            self.break_line()

    def blank_line(self) -> None:
        """One, however many ask for it; at the top none."""
        self.end_line()
        if self.lines and self.lines[-1].strip("> "):
            self.break_line()

    def meet(self, tag: Tag) -> None:
        if tag.name == "br":
            self.break_line()
        elif tag.name == "blockquote":
            self.quote(tag)
        elif tag.name == "a":
            self.anchor(tag)
        elif tag.name == "hr":
            self.whole_line(RULE)
        elif tag.name == "img":
            self.picture(tag)
        elif tag.name == "li":
            self.end_line()
            self.line += [] if tag.is_end else ["- "]
        elif tag.name in {"td", "th"}:
            self.write(" ")
        elif tag.name in _PARAGRAPHS or tag.name in _BLOCKS:
            self.block(tag)

    def block(self, tag: Tag) -> None:
        self.end_line()
        if tag.name == "pre":
            self.is_pre = not tag.is_end
        marked = "" if tag.is_end or not tag.attributes else tag.get("class", "id").lower()
        if tag.name in _PARAGRAPHS:
            # Word's paragraphs have no margin: their blank lines are paragraphs of their own.
            self.has_margin = self.has_margin if tag.is_end else "mso" not in marked
            if self.has_margin:
                self.blank_line()
        if marked and (marked.startswith(_SIGNATURES) or marked == "signature"):
            self.whole_line(SIGNATURE)

    def whole_line(self, line: str) -> None:
        self.end_line()
        self.line = [line]
        self.break_line()

    def quote(self, tag: Tag) -> None:
        self.end_line()
        if not tag.is_end:
            # Without border it is the writer's own paragraph, set in by a button of the editor.
            style = tag.get("style").replace(" ", "").lower()
            is_quote = "border:none" not in style or "border-left:" in style
            self.quotes.append(is_quote)
            self.depth += is_quote
        elif self.quotes:
            if self.lines and self.depth and not self.lines[-1].strip(">"):
                self.lines.pop()  # the margin of the last paragraph within
            self.depth -= self.quotes.pop()

    def anchor(self, tag: Tag) -> None:
        if not tag.is_end:
            self.link, self.link_from = tag.get("href").strip(), len(self.line)
            return
        shown = "".join(self.line[self.link_from :]).strip() if self.link else ""
        if self.link.startswith(("https://", "http://")) and shown:
            bare = self.link.partition("://")[2].removeprefix("www.").rstrip("/")
            self.line += [] if bare in shown else [f" <{self.link}>"]
        self.link = ""

    def picture(self, tag: Tag) -> None:
        """An emoji is a picture in many programs; other pictures are attachments, or decoration."""
        instead = tag.get("alt")
        if instead and len(instead) <= len("👩‍👩‍👧‍👧️") and not instead.isascii():
            self.write(instead)
