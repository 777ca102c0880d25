"""E-mail addresses: the one spelling under which a person is kept, looked up and counted."""

from __future__ import annotations

import unicodedata


def folded_address(email: str) -> str:
    """Without blanks around it, ﬁ as fi, A as a. ß stays: strasse.de is another domain."""
    return unicodedata.normalize("NFKC", email).strip().lower()
