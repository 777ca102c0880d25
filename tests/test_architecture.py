"""What docs/architecture.md and STYLE.md promise and a program can hold. The order of imports is bin/check's."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db import models

from comptoir.activity.verbs import Verb
from comptoir.reactions import REACTIONS
from tests.source import ROOT, Source, chains, files, functions, imports, of_the_module, python

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.source import Function

LINES_A_FILE, LINES_A_FUNCTION = 250, 30
OURS = [config for config in apps.get_app_configs() if config.name.startswith("comptoir.")]
MODELS: list[type[models.Model]] = [model for config in OURS for model in config.get_models()]


# ── Size and names ───────────────────────────────────────────────────────
def test_a_file_has_one_subject() -> None:
    lengths = {file.path: file.text.count("\n") for file in files(".py", ".js", ".css")}
    assert {path: n for path, n in lengths.items() if n > LINES_A_FILE} == {}


def test_a_function_fits_one_look() -> None:
    lengths = {f.name: f.length for source in python() for f in functions(source)}
    assert {name: n for name, n in lengths.items() if n > LINES_A_FUNCTION} == {}


def test_every_name_says_what_the_file_is_about() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc"}
    vague |= {"manager", "managers", "service", "services"}
    stems = {file.path: set(re.split(r"[/._-]", file.path)) for file in files(".py", ".js", ".css", ".html")}
    assert {path for path, words in stems.items() if words & vague} == set()


# ── Nothing behind the reader's back ─────────────────────────────────────
def test_no_save_does_more_than_save() -> None:
    names = [f.name for source in python("comptoir") for f in functions(source) if f.node.name == "save"]
    assert names == []


def test_no_signals() -> None:
    signals = re.compile(r"django\.dispatch|\.signals\b|\breceiver$")
    found = [(s.path, name) for s in python("comptoir") for _, name in imports(s) if signals.search(name)]
    connects = {s.path for s in python("comptoir") for _, chain in chains(s) if chain.endswith(".connect")}
    assert found == []
    # A socket and a database connect as well; that is all.
    assert connects <= {"comptoir/files/scanner.py", "comptoir/live/buses.py"}


CLOCKS = {
    "timezone.now",
    "timezone.localdate",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
}
READ_THE_CLOCK = {
    "comptoir/web/": "a door",
    "comptoir/api/": "a door",
    "comptoir/live/": "a door",
    "comptoir/serving/": "a door",
    "comptoir/ops/": "commands and the demo",
    "comptoir/core/worker.py": "runs jobs when they are due",
    "comptoir/people/sessions.py": "Django calls it, and tells it no moment",
    "comptoir/people/sign_in.py": "allauth calls it, and it hands the moment on",
}


def clock_read_in(source: Source) -> Iterator[str]:
    """Calls only: a model's `default=timezone.now` is no reading."""
    for line, chain in chains(source):
        if any(chain == clock or chain.startswith(f"{clock}.") for clock in CLOCKS):
            text = source.text.splitlines()[line - 1]
            if "default=" not in text:
                yield f"{source.path}:{line}"


def test_the_clock_is_read_in_doors_only() -> None:
    # A job begins like a request: with nobody who could tell it the time.
    rest = [s for s in python("comptoir") if not s.path.endswith("/jobs.py")]
    others = [s for s in rest if not s.path.startswith(tuple(READ_THE_CLOCK))]
    assert [place for source in others for place in clock_read_in(source)] == []


# ── The spine ────────────────────────────────────────────────────────────
def test_every_verb_stands_in_the_table_of_reactions() -> None:
    assert list(REACTIONS) == list(Verb)
    # Of a verb that stands there twice the second line wins, in silence.
    assert (ROOT / "comptoir/reactions.py").read_text().count("\n    Verb.") == len(Verb)


PARTS_OF_ACTIONS = {
    "comptoir/conversations/actions/content.py": "the content of a message, in its action's transaction",
    "comptoir/conversations/actions/gate.py": "every write begins here, in its action's transaction",
    "comptoir/conversations/actions/lines.py": "lines and records, in their action's transaction",
    "comptoir/conversations/actions/asking.py": "counts, in the transaction of a question's action",
    "comptoir/questions/actions/gate.py": "the same for questions",
    "comptoir/campaigns/actions/gate.py": "the same for document requests",
}
NOT_ACTIONS = {
    "message.py:add_message": "written by start and post, in their transaction",
    "message.py:record_post": "as above",
    "receipt.py:advance": "a mark, in the transaction of whoever reads or writes",
    "receipt.py:advance_author": "as above",
    "receipt.py:mark_delivered": "one transaction and a record for each conversation, by _delivered",
    "receipt.py:mark_seen": "as above, by _seen",
    "drafts.py:put_away": "a draft, in the transaction of whoever drops or merges it",
    "merging.py:part": "as above, of whoever parts or settles",
    "bulk.py:filled": "pure",
    "bulk.py:field_values": "reads",
    "asking.py:asking_values": "reads",
    "asking.py:chosen": "pure",
    "asking.py:may_be_taken_back": "pure",
    "offices.py:normal_email": "pure",
    "offices.py:make_person": "makes a person for an action that records what they join",
    "company_import.py:import_preview": "reads",
    "invitations.py:invitation_behind": "reads",
    "invitations.py:invitations_to": "reads",
    "companies.py:facts_of": "pure",
    "companies.py:keep_company": "written by change and import, in their transaction",
    "companies.py:record_company": "as above",
    "files/actions.py:store_attachment": "a slow upload must not hold the write lock; a message that takes it records",
    "files/actions.py:drop_attachment": "nobody but its owner has seen it",
}


def actions() -> dict[str, Function]:
    """Every function of an `actions` package or module, by its name."""
    found = {}
    for source in python("comptoir"):
        if "/actions" in source.path:
            found.update({f.name: f for f in of_the_module(source)})
    return found


def is_part(name: str) -> bool:
    return name.split(":", maxsplit=1)[0] in PARTS_OF_ACTIONS or any(
        name.endswith(f"/{part}") for part in NOT_ACTIONS
    )


def records(
    function: Function, everything: dict[str, Function], *, seen: frozenset[str] = frozenset()
) -> bool:
    """Whether it calls `record`, or an action or part of one that does."""
    if "record" in function.called:
        return True
    by_word = {f.node.name: f for f in everything.values()}
    below = [by_word[word] for word in function.called - seen if word in by_word]
    return any(records(f, everything, seen=seen | {function.node.name}) for f in below)


def test_every_public_action_is_one_transaction_that_records() -> None:
    everything = actions()
    public = {n: f for n, f in everything.items() if not f.node.name.startswith("_") and not is_part(n)}
    assert len(public) > 20
    whole = {
        n
        for n, f in public.items()
        if "transaction.atomic" in f.decorators or any(c == "atomic" for c in f.called)
    }
    assert public.keys() - whole == set()
    assert {n for n, f in public.items() if not records(f, everything)} == set()


def test_every_exception_to_that_is_still_there() -> None:
    names = list(actions())
    assert {part for part in NOT_ACTIONS if not any(n.endswith(f"/{part}") for n in names)} == set()
    assert {path for path in PARTS_OF_ACTIONS if not (ROOT / path).exists()} == set()


def test_an_action_reads_as_a_sentence() -> None:
    """Its subject is the only argument without a name."""
    many = {
        n: [a.arg for a in f.node.args.args]
        for n, f in actions().items()
        if not f.node.name.startswith("_") and not is_part(n) and len(f.node.args.args) > 1
    }
    assert many == {}


# ── Rows and keys ────────────────────────────────────────────────────────
def relations() -> Iterator[models.Field]:
    for model in MODELS:
        yield from (f for f in model._meta.get_fields() if f.is_relation and not f.auto_created)


def test_no_reverse_way_into_another_package() -> None:
    across = [f for f in relations() if f.related_model._meta.app_label != f.model._meta.app_label]
    assert len(across) > 20
    assert [str(f) for f in across if f.remote_field.related_name != "+"] == []


# Rows that no address and no answer names, so that their numbers betray nothing.
COUNTED = {"SearchEntry", "PeriodicRun"}


def test_no_key_ends_at_two_thousand_million() -> None:
    keys = {model.__name__: model._meta.pk for model in MODELS}
    narrow = {name for name, key in keys.items() if isinstance(key, models.IntegerField)}
    assert narrow - {name for name, key in keys.items() if isinstance(key, models.BigIntegerField)} == set()
    assert {name for name, key in keys.items() if isinstance(key, models.BigAutoField)} <= COUNTED


# A person may be of several offices; there is one mail server for all of them.
ABOVE_OFFICES = {"Office", "Person", "AddressState", "PushDevice", "MailServer", "RawMail", "Mailbox"}


def test_every_row_of_a_tenant_leads_to_its_office() -> None:
    tenants = [m for m in MODELS if m._meta.app_label != "core" and m.__name__ not in ABOVE_OFFICES]
    reach = {"office", "office_id", "conversation", "message", "member", "group"}
    reach |= {"question", "answer", "request", "item"}
    assert [m for m in tenants if not {field.name for field in m._meta.get_fields()} & reach] == []


# ── What no file of the product names ────────────────────────────────────
FOREIGN = re.compile(
    r"\bissues?\b|/work/|/root/|/home/[a-z]|/tmp/plan|files\.pythonhosted|index-url|registry\.[a-z]",
    re.IGNORECASE,
)
NOT_WRITTEN_HERE = re.compile(
    r"^LICENSE|/vendor/|/fonts/|/emoji/|\.lock$|^tests/test_architecture\.py$|^tests/files/ledger/|icons-LICENSE"
)


def test_no_file_names_a_machine_or_what_led_to_it() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("Not a checkout.")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    found = {}
    for name in listed.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file() and not NOT_WRITTEN_HERE.search(name):
            text = path.read_bytes().decode("utf-8", "ignore")
            if hits := FOREIGN.findall(text):
                found[name] = sorted(set(hits))
    assert found == {}
