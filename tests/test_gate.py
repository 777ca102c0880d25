"""Doors reach rows only through the gate: read in their syntax, so that a new door cannot forget it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps

from tests.source import chains, functions, imports, python

if TYPE_CHECKING:
    from collections.abc import Iterator

GATES = {"visible_to", "unclaimed_by", "staff_of", "clients_of"}
OF_NO_TENANT = {"Office", "Person", "AddressState", "MailServer", "PushDevice"}
MODELS = {
    model.__name__
    for config in apps.get_app_configs()
    if config.name.startswith("comptoir.") and config.label != "core"
    for model in config.get_models()
}
TENANT = MODELS - OF_NO_TENANT

# Where a door asks otherwise: file, the beginning of the chain, and why that is right.
ALLOWED = {
    ("web/thread/changes.py", "Message.objects.of"): "of a conversation that came through the gate",
    (
        "web/thread/view.py",
        "Message.objects.of",
    ): "only whether a page is the newest; the thread comes through the gate",
    ("web/demo.py", "Membership.objects.active"): "the demo's own accounts, before anybody is signed in",
    ("web/join.py", "Company.objects.filter"): "the dossier that a valid invitation names",
    ("web/telling.py", "Membership.objects.filter"): "a person's language, by the link that they were mailed",
    ("web/profile.py", "ApiToken.objects.filter"): "the member's own: filtered by member",
    (
        "web/desk/settings_staff.py",
        "Membership.objects.filter",
    ): "their groups' names, of staff that came through the gate",
    ("api/reads.py", "Reader.objects.filter"): "the member's own mark, inside a query through the gate",
    ("api/reads.py", "Message.objects.of"): "of a conversation that came through the gate",
    ("api/reads.py", "MessageAttachment.objects.filter"): "of messages that came through the gate",
    ("api/messages.py", "Message.objects.of"): "of a conversation that came through the gate",
}


def row_chains(models: set[str] = TENANT) -> Iterator[tuple[str, int, str]]:
    """Every `Model.objects.…` in a door, of a model whose rows are some tenant's."""
    for source in python("comptoir/web", "comptoir/api"):
        for line, chain in chains(source):
            model, _, rest = chain.partition(".")
            if model in models and rest.startswith(("objects", "_default_manager", "_base_manager")):
                yield source.path.removeprefix("comptoir/"), line, chain


def allowed_by(path: str, chain: str) -> list[tuple[str, str]]:
    return [(where, what) for where, what in ALLOWED if where == path and chain.startswith(what)]


def test_doors_reach_rows_through_the_gate_only() -> None:
    found = list(row_chains())
    assert len(found) > 20
    past_it = [
        f"{path}:{line} {chain}"
        for path, line, chain in found
        if not GATES & set(chain.split(".")) and not allowed_by(path, chain)
    ]
    assert past_it == []


def test_every_exception_to_that_is_still_there() -> None:
    used = {one for path, _, chain in row_chains() for one in allowed_by(path, chain)}
    assert ALLOWED.keys() - used == set()


def test_doors_write_by_actions_only() -> None:
    """Neither rows nor history; a session is not theirs to write either, but Django's."""
    writes = {"save", "create", "bulk_create", "update", "delete", "get_or_create", "update_or_create"}
    written = [
        f"{path}:{line} {chain}"
        for path, line, chain in row_chains(MODELS)
        if writes & set(chain.split(".")[2:])
    ]
    assert written == []
    recorded = [
        s.path for s in python("comptoir/web", "comptoir/api") for _, name in imports(s) if ".record." in name
    ]
    assert recorded == []


def test_no_door_knows_the_database() -> None:
    """No raw SQL and no transaction: what belongs together is one action."""
    words = {"raw", "extra", "cursor", "atomic", "on_commit"}
    found = [
        f.name
        for source in python("comptoir/web", "comptoir/api")
        for f in functions(source)
        if words & f.called
    ]
    assert found == []


def test_nothing_of_a_request_becomes_a_keyword_of_a_query() -> None:
    """`filter(**request.GET)` would let its sender choose the column and the comparison."""
    found = []
    for source in python("comptoir/web", "comptoir/api"):
        for number, line in enumerate(source.text.splitlines(), 1):
            if "**request." in line or "**self.request." in line or ".dict())" in line:
                found.append(f"{source.path}:{number}")
    assert found == []
