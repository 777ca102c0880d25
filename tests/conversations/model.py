"""What a conversation ought to do, said a second time in plain Python: no product code, no database.

Every verb answers with the name of the refusal, or None; it changes the model only when it is not refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field

OFFICE = {"admin", "accountant", "assistant"}
CLIENTS = {"client", "partner"}
WRITERS = {"admin", "accountant", "client", "partner"}


@dataclass
class Said:
    author: str
    text: str
    position: int
    asks: bool = False
    answers: bool = False
    is_deleted: bool = False
    tick: str = "sent"

    @property
    def is_line(self) -> bool:
        return self.text.startswith("<")


@dataclass
class Talk:
    """`named`: the two of a private conversation; none for a shared one."""

    starter: str
    named: frozenset[str] = frozenset()
    is_open: bool = True
    revision: int = 1
    desk_revision: int = 0
    waits: str = ""
    thread: list[Said] = field(default_factory=list)
    delivered: dict[str, int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    @property
    def texts(self) -> list[Said]:
        return [said for said in self.thread if not said.is_line]

    @property
    def newest(self) -> int:
        return max((said.position for said in self.texts), default=0)

    def sees(self, who: str) -> bool:
        return who in OFFICE or (who in CLIENTS and (not self.named or who in self.named))

    def _refusal(self, who: str, may: set[str], *, needs_open: bool = True) -> str | None:
        if not self.sees(who):
            return "NotFound"
        if who not in may:
            return "NotAllowed"
        return "ConversationClosed" if needs_open and not self.is_open else None

    # ── Verbs ────────────────────────────────────────────────────────────
    def post(self, who: str, text: str, *, asks: bool = False, reopening: bool = False) -> str | None:
        if reopening and not self.is_open:
            if refusal := self.reopen(who):
                return refusal
        elif refusal := self._refusal(who, WRITERS):
            return refusal
        before, is_first = self.newest, not self.texts
        if not is_first:
            self.revision += 1
        answers = self.waits == ("office" if who in OFFICE else "client")
        self.thread.append(Said(who, text, self.revision, asks=asks and who in OFFICE, answers=answers))
        if who in CLIENTS:
            self.waits = "office"
        elif asks or self.waits == "client":
            self.waits = "client"
        else:
            self.waits = "look" if is_first or self.waits == "look" else ""
        for marks in (self.delivered, self.seen):
            if marks.get(who, 0) >= before:
                marks[who] = self.revision
        return None

    def _own(self, who: str, said: Said) -> str | None:
        if self.sees(who) and (said.author != who or said.is_line):
            return "NotYours"
        return self._refusal(who, WRITERS)

    def edit(self, who: str, said: Said, text: str) -> str | None:
        refusal = self._own(who, said) or ("NotFound" if said.is_deleted else None)
        if not refusal and text != said.text:
            said.text = text
            self.revision += 1
        return refusal

    def delete(self, who: str, said: Said) -> str | None:
        refusal = self._own(who, said)
        if not refusal and not said.is_deleted:
            said.text, said.is_deleted = "", True
            self.revision += 1
            self._taken_back(who)
        return refusal

    def _taken_back(self, who: str) -> None:
        """What is left of the turn still waits; of a whole turn, what it had answered waits again."""
        side, other = (OFFICE, CLIENTS) if who in OFFICE else (CLIENTS, OFFICE)
        turn = []
        for said in reversed(self.thread):
            if said.text == "<closed>" or (said.author in other and not said.is_line and not said.is_deleted):
                break
            if said.author in side and (not said.is_line or who in CLIENTS):
                turn.append(said)
        left = [said for said in turn if not said.is_deleted]
        mine, theirs = ("office", "client") if who in OFFICE else ("client", "office")
        if not left and any(said.answers for said in turn):
            self.waits = mine
            return
        still_waits = {"office": bool(left), "client": any(said.asks for said in left), "look": bool(left)}
        if self.waits in (theirs, "look") and not still_waits[self.waits]:
            self.waits = ""

    def close(self, who: str) -> str | None:
        if refusal := self._refusal(who, WRITERS, needs_open=False):
            return refusal
        if self.is_open:
            if who in CLIENTS and self.starter in OFFICE:
                return "BegunByTheOffice"
            self._line(who, "<closed>")
            self.is_open, self.waits = False, ""
        return None

    def reopen(self, who: str) -> str | None:
        if refusal := self._refusal(who, WRITERS, needs_open=False):
            return refusal
        if not self.is_open:
            self._line(who, "<reopened>")
            self.is_open, self.waits = True, "office" if who in CLIENTS else ""
        return None

    def _line(self, who: str, text: str) -> None:
        self.revision += 1
        self.thread.append(Said(who, text, self.revision))

    def handle(self, who: str) -> str | None:
        if refusal := self._refusal(who, WRITERS):
            return refusal
        if self.waits and (self.waits == "office") == (who in OFFICE):
            self.waits = ""
            self.revision += 1
        return None

    def note(self, who: str) -> str | None:
        refusal = self._refusal(who, OFFICE, needs_open=False)
        self.desk_revision += not refusal
        return refusal

    def assign(self, who: str) -> str | None:
        refusal = self._refusal(who, {"admin", "accountant"}, needs_open=False)
        self.desk_revision += not refusal
        return refusal

    def mark(self, who: str, kind: str, upto: int) -> str | None:
        """`delivered` leaves out, without a word, what one does not see."""
        if not self.sees(who):
            return "NotFound" if kind == "seen" else None
        upto = min(upto, self.newest)
        after = (self.seen if kind == "seen" else self.delivered).get(who, 0)
        if upto <= after:
            return None
        self.delivered[who] = max(upto, self.delivered.get(who, 0))
        if kind == "seen":
            self.seen[who] = upto
        reached = [said for said in self.texts if after < said.position <= upto and self._is_for(who, said)]
        better = [
            said for said in reached if said.tick == "sent" or (kind, said.tick) == ("seen", "delivered")
        ]
        for said in better:
            said.tick = kind
        self.revision += bool(better)
        return None

    def _is_for(self, who: str, said: Said) -> bool:
        if who in self.named and who != said.author:
            return True
        return (who in OFFICE) != (said.author in OFFICE)
