"""What the scripts say: the few texts that a page makes up by itself, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext


def words() -> dict[str, str]:
    """By the names that `static/js` asks for; what stands in braces is filled in by the script."""
    return {**_of_messages(), **_of_files(), **_of_the_page(), **_of_the_desk()}


def _of_messages() -> dict[str, str]:
    return {
        "sending": gettext("Being sent"),
        "waits": gettext("Goes out as soon as the connection is back."),
        "failed": gettext("Could not be sent. Your text is kept."),
        "reopen_and_send": gettext("Reopen and send"),
        "deleted": gettext("Message deleted"),
        "undo": gettext("Undo"),
        "copied": gettext("Copied"),
        "new_one": _counted(ngettext("%(n)s new message", "%(n)s new messages", 1)),
        "new_many": _counted(ngettext("%(n)s new message", "%(n)s new messages", 2)),
    }


def _of_files() -> dict[str, str]:
    return {
        "too_large": gettext("{name} is larger than 25 MB."),
        "too_many": gettext("A message has at most 20 files."),
        "upload_failed": gettext("{name} could not be uploaded."),
        "uploading": gettext("A file is still being uploaded. The message goes out by itself after it."),
        "remove": gettext("Remove {name}"),
        "drop": gettext("Drop the files here"),
        "search_emoji": gettext("Search an emoji"),
        "no_emoji": gettext("No emoji found"),
        "emoji": gettext("Emoji"),
        "emoji_recent": gettext("Used last"),
    }


def _of_the_page() -> dict[str, str]:
    return {
        "back": gettext("Connected again."),
        "unreachable": gettext("No connection just now. Please try again in a moment."),
        "unsent": gettext("A message of yours is not sent yet, and would be lost."),
        "sign_out_anyway": gettext("Sign out all the same"),
        "close": gettext("Close"),
        "to_handle": gettext("{n} to handle"),
    }


def _of_the_desk() -> dict[str, str]:
    return {
        "selected_one": _counted(ngettext("%(n)s selected", "%(n)s selected", 1)),
        "selected_many": _counted(ngettext("%(n)s selected", "%(n)s selected", 2)),
        "send_to": gettext("Send %(questions)s to %(dossiers)s")
        % {"questions": "{questions}", "dossiers": "{dossiers}"},
        "questions_one": _counted(ngettext("%(n)s question", "%(n)s questions", 1)),
        "questions_many": _counted(ngettext("%(n)s question", "%(n)s questions", 2)),
        "dossiers_one": _counted(ngettext("%(n)s dossier", "%(n)s dossiers", 1)),
        "dossiers_many": _counted(ngettext("%(n)s dossier", "%(n)s dossiers", 2)),
        "not_done": gettext("Not done for {n}: {why}"),
        "search": gettext("Search"),
        "shortcuts": gettext("Keyboard shortcuts"),
        "keys_on": gettext("Use the keyboard shortcuts"),
    }


def _counted(text: str) -> str:
    """The number is put in by the script; the catalogue's own sign for it is not the script's."""
    return text % {"n": "{n}"}
