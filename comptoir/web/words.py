"""What the scripts say: the few texts that a page makes up by itself, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext


def words() -> dict[str, str]:
    return {
        "offline": gettext("No connection. What you write is kept and sent as soon as it is back."),
        "back": gettext("Connected again."),
        "failed": gettext("Could not be sent. Your text is kept."),
        "sending": gettext("Being sent"),
        "too_large": gettext("{name} is larger than 25 MB."),
        "too_many": gettext("A message has at most 20 files."),
        "upload_failed": gettext("{name} could not be uploaded."),
        "remove": gettext("Remove {name}"),
        "copied": gettext("Copied"),
        "deleted": gettext("Message deleted"),
        "new_one": ngettext("%d new message", "%d new messages", 1).replace("%d", "{n}"),
        "new_many": ngettext("%d new message", "%d new messages", 2).replace("%d", "{n}"),
        "search_emoji": gettext("Search an emoji"),
        "no_emoji": gettext("No emoji found"),
        "emoji": gettext("Emoji"),
        "close": gettext("Close"),
        "undo": gettext("Undo"),
        "draft_kept": gettext("The draft is kept."),
        "uploading": gettext("A file is still being uploaded."),
    }
