"""A queue of 200 open tickets; the first has 60 follow-ups, the others five."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 -- wants the line above
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.crypto import get_random_string  # noqa: E402
from helpdesk.models import FollowUp, Queue, Ticket  # noqa: E402
from helpdesk.query import query_to_base64  # noqa: E402

TEXT = "Bonjour, voici la facture du fournisseur pour le mois de novembre, merci de confirmer la réception."

call_command("migrate", verbosity=0, interactive=False)
staff = get_user_model().objects.create_superuser("office", "office@demo.example", "bench")
queue = Queue.objects.create(title="Bureau", slug="bureau")
now = timezone.now()
tickets = Ticket.objects.bulk_create(
    Ticket(
        title=f"Dossier {number}",
        queue=queue,
        created=now,
        modified=now,
        submitter_email="client@demo.example",
        status=Ticket.OPEN_STATUS,
        description=TEXT,
    )
    for number in range(200)
)
tickets = list(Ticket.objects.order_by("id"))
FollowUp.objects.bulk_create(
    FollowUp(ticket=ticket, date=now, title="Comment", comment=TEXT, public=True, user=staff)
    for place, ticket in enumerate(tickets)
    for _ in range(60 if place == 0 else 5)
)
session = SessionStore()
session[SESSION_KEY] = str(staff.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
session.create()
facts = {
    "session": session.session_key,
    "csrf": get_random_string(32),
    "tickets": [ticket.pk for ticket in tickets],
    "query": query_to_base64(
        {"filtering": {"status__in": [1, 2]}, "filtering_null": {}, "sorting": "created"}
    ),
}
json.dump(facts, sys.stdout)
