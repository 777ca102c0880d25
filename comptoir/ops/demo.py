"""The demo office: the cast of the tests, with dossiers, and a year of conversations up to this morning."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from comptoir.ops.cast import build_cast, join
from comptoir.ops.demo_accounts import bring_accounts
from comptoir.ops.demo_dossiers import DOSSIERS
from comptoir.ops.demo_questions import bring_questions
from comptoir.ops.demo_routine import routine
from comptoir.ops.demo_script import scenes_of
from comptoir.ops.demo_stage import Performance, perform
from comptoir.people.actions.companies import open_company
from comptoir.people.actions.offices import change_branding
from comptoir.people.actions.people import change_preferences
from comptoir.people.enterprise_number import check_digits
from comptoir.people.profiles import Profile

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.ops.cast import Cast
    from comptoir.ops.demo_dossiers import Dossier
    from comptoir.people.models import Company, Membership, Office

SCRIPTS = Path(__file__).with_name("demo_scripts")
STAGE_TIME = ZoneInfo("Europe/Brussels")
WITH_A_GAP = "Brasserie La Rive SRL"
OPENED_BEFORE = timedelta(days=420)
STAFF = ("admin", "accountant", "colleague", "assistant", "outsider")


@transaction.atomic
def create_demo_office(*, at: datetime | None = None) -> Office:
    """All of it, within seconds: in one transaction, with one hashed password for everybody."""
    now = (at or timezone.now()).astimezone(STAGE_TIME)
    cast = build_cast(at=now - OPENED_BEFORE, is_demo=True)
    dossiers = _dossiers(cast, at=now - OPENED_BEFORE)
    _finish(cast, at=now - OPENED_BEFORE)
    staff = {part: getattr(cast, part) for part in STAFF}
    scenes = list(routine(now=now))
    for script in sorted(SCRIPTS.glob("*.txt")):
        scenes += scenes_of(script.read_text(), now=now)
    perform(
        Performance(scene, dossiers[scene.company][0], {**staff, **dossiers[scene.company][1]})
        for scene in scenes
    )
    bring_accounts(cast.bakery, by=cast.accountant, at=now)
    bring_questions(cast, at=now)
    bring_accounts(dossiers[WITH_A_GAP][0], by=cast.accountant, at=now, leave_out=4)
    return cast.admin.office


Dossiers = dict[str, tuple["Company", dict[str, "Membership"]]]


def _dossiers(cast: Cast, *, at: datetime) -> Dossiers:
    """Each company by name, with its people by the part that they play in its scripts."""
    bakers = {part: getattr(cast, part) for part in ("client", "partner", "documents", "reader")}
    found: Dossiers = {
        cast.bakery.name: (cast.bakery, bakers),
        cast.garage.name: (cast.garage, {"client": cast.other}),
        cast.elsewhere.name: (cast.elsewhere, {"client": cast.stranger}),
    }
    for dossier in DOSSIERS:
        company = _opened(dossier, cast, at=at)
        client = join(
            f"{dossier.address}.example",
            dossier.client,
            Profile.FULL_ACCESS,
            by=cast.admin,
            at=at,
            password=cast.admin.person.password,
            company=company,
        )
        found[dossier.name] = (company, {"client": client})
    return found


def _opened(dossier: Dossier, cast: Cast, *, at: datetime) -> Company:
    return open_company(
        dossier.name,
        by=cast.admin,
        at=at,
        enterprise_number=check_digits(dossier.first_eight),
        vat_regime=dossier.vat_regime,
        manager_id=getattr(cast, dossier.manager).pk,
        group_id=cast.group.pk if dossier.is_shared else None,
    )


def _finish(cast: Cast, *, at: datetime) -> None:
    """What makes the pages look lived in: an address, telephone numbers that cannot be called."""
    change_branding(
        by=cast.admin,
        at=at,
        name=cast.admin.office.name,
        address_line="rue des Brasseurs 41, 5000 Namur · 081 00 12 40",
        brand_hue=cast.admin.office.brand_hue,
        brand_chroma=cast.admin.office.brand_chroma,
    )
    for member, phone in (
        (cast.client, "0470 00 12 40"),
        (cast.partner, "0470 00 12 41"),
        (cast.other, "0470 00 12 42"),
    ):
        change_preferences(member.person, by=member, at=at, phone=phone)
