"""The measurements that are requests and answers: sending, reading, searching, and all of it after ten years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench import ours
from bench.measure import Case
from bench.peers.helpdesk import Helpdesk
from bench.peers.synapse import Synapse
from bench.processes import Started
from bench.results import BARE, OURS
from bench.run import SHORT

if TYPE_CHECKING:
    from bench.run import Run

SEARCHED = 100_000


def send(run: Run) -> None:
    house = run.house()
    server = run.server(house)
    cases = []
    for clients, said in ((1, "1 client"), (16, "16 clients")):
        cases += [
            Case(f"insert, {said}", BARE, server, ours.bare_insert(), clients),
            Case(f"send, {said}", OURS, server, ours.send(house), clients),
        ]
        for kind in (Synapse, Helpdesk):
            if peer := run.peer(kind):
                cases.append(Case(f"send, {said}", kind.name, peer.server, peer.send(), clients))
    if run.on_postgres:
        both = two_processes(run, house, server)
        cases.append(Case("send, 16 clients", f"{OURS}, 2 processes", both, ours.send(house), 16))
    run.measure(cases)


def two_processes(run: Run, house: ours.House, first: Started) -> Started:
    second = run.servers["second"] = ours.serve(house, jobs=False)
    return Started(first.process, [*first.ports, *second.ports], first.log, 0.0, first.others, [second])


def read(run: Run) -> None:
    house = run.house()
    server = run.server(house)
    thread = ours.long_thread(house)
    asked = [
        ("empty page, signed in", BARE, ours.page(house, "/bare/empty")),
        ("counters, JSON", OURS, ours.get(house, "/api/v1/counters")),
        ("inbox of 200, JSON", OURS, ours.get(house, "/api/v1/conversations?limit=200")),
        ("inbox, page of the desk", OURS, ours.page(house, "/desk/?view=open")),
        ("open 50, JSON", OURS, ours.get(house, f"/api/v1/conversations/{thread}/messages?limit=50")),
        ("open 50, page of the desk", OURS, ours.page(house, f"/desk/c/{thread}/")),
        ("open 50, page of the portal", OURS, ours.page(house, f"/communication/{thread}/", who="client")),
    ]
    cases = [Case(what, who, server, make) for what, who, make in asked]
    if synapse := run.peer(Synapse):
        cases.append(Case("inbox of 200, JSON", Synapse.name, synapse.server, synapse.inbox()))
        cases.append(Case("open 50, JSON", Synapse.name, synapse.server, synapse.open()))
    if helpdesk := run.peer(Helpdesk):
        cases.append(Case("inbox of 200, JSON", Helpdesk.name, helpdesk.server, helpdesk.inbox()))
        cases.append(Case("open 50, page", Helpdesk.name, helpdesk.server, helpdesk.open()))
    run.measure(cases)


def search(run: Run) -> None:
    house = run.house(SEARCHED)
    server = run.server(house)
    what = f"search in {SEARCHED:,}"
    cases = [
        Case(what, OURS, server, ours.get(house, "/api/v1/search?q=facture")),
        Case(
            f"{what}, by who sees all", OURS, server, ours.get(house, "/api/v1/search?q=facture", who="admin")
        ),
        Case(f"{what}, two words", OURS, server, ours.get(house, "/api/v1/search?q=facture+r%C3%A9f12")),
    ]
    if synapse := run.peer(Synapse):
        # It has some two thousand messages: what it would take for a hundred thousand is more.
        cases.append(Case(what, Synapse.name, synapse.server, synapse.search()))
        run.results.said.append(
            "Synapse searched about 1,000 messages, not 100,000: making those takes it half an hour."
        )
    run.measure(cases)


def scale(run: Run) -> None:
    """The same questions to an office with a short and with a long history; what is open is the same."""
    cases = []
    for said, messages in (("short", SHORT), ("long", run.long)):
        house = run.house(messages)
        server = run.server(house)
        thread = ours.long_thread(house)
        for who, name in (("accountant", "accountant"), ("admin", "administrator")):
            for what, path in (
                ("counters", "/api/v1/counters"),
                ("inbox", "/api/v1/conversations?limit=50"),
                ("open", f"/api/v1/conversations/{thread}/messages?limit=50"),
            ):
                make = ours.get(house, path, who=who)
                cases.append(Case(f"{what}, {said} history", name, server, make))
    run.measure(cases)
