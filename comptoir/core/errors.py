"""What the product refuses, in words fit to show. Doors catch `Refused` once; nobody else does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Refused(Exception):  # noqa: N818 -- a refusal is an answer, not a failure
    """An action that may not happen. `code` is for programs, `text` for people, `status` for HTTP."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    text: _StrPromise | str = _("This cannot be done.")

    def __init__(self, text: _StrPromise | str | None = None, *, field: str = "") -> None:
        if text is not None:
            self.text = text
        self.field = field  # the form field that caused it, where there is one
        super().__init__(str(self.text))


class NotFound(Refused):
    """Missing and not visible are this one answer, to the byte."""

    code = "not_found"
    status = 404
    text = _("There is nothing here, or nothing that you may see.")


class NotAllowed(Refused):
    """Visible, but not this member's to do."""

    code = "not_allowed"
    status = 403
    text = _("You may see this, but not change it.")


class NotSignedIn(Refused):
    code = "not_signed_in"
    status = 401
    text = _("Please sign in.")


class Invalid(Refused):
    code = "invalid"
    status = 422
    text = _("Something is missing or not right.")


class Conflict(Refused):
    code = "conflict"
    status = 409
    text = _("Somebody changed this meanwhile. Please look again.")


class TooLarge(Refused):
    code = "too_large"
    status = 413
    text = _("This is too large.")


class TooMany(Refused):
    code = "too_many"
    status = 429
    text = _("Too many requests. Please wait a moment.")
