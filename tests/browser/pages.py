"""Every page that the product shows, as somebody of the gallery sees it (tests/browser/houses.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Shown(NamedTuple):
    """`part` is who looks, empty for nobody; braces in the path name a place of the gallery."""

    part: str
    path: str

    def address(self, places: Mapping[str, str]) -> str:
        return self.path.format_map(places)


NOTHING = "01900000-0000-7000-8000-000000000000"
NOBODY = [
    Shown("", path)
    for path in (
        "/accounts/login/",
        "/accounts/login/code/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/1-none/",
        "/accounts/password/reset/key/done/",
        "/accounts/signup/",
        "/accounts/inactive/",
        "/accounts/login/code/confirm/",
        "/join",
        "/open",
        "/open/over",
        "/nothing-here",
        "/api/v1/docs",
        "/offline/fr",
    )
]
PORTAL = [
    Shown("guest", path)
    for path in (
        "/communication/",
        "/communication/?state=closed",
        "/communication/?state=all",
        "/communication/new",
        "/communication/{asked}/",
        "/communication/{long}/",
        "/communication/{private}/",
        "/communication/{questions}/",
        "/communication/{closed}/",
        "/invoices/",
        "/invoices/?q=introuvable",
        "/invoices/{invoice}/",
        "/payments/{payment}/",
        "/search",
        "/search?q=facture",
        "/search?q=introuvable",
        "/profile/",
        "/profile/notifications",
        "/profile/install",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/2fa/webauthn/",
        "/accounts/sessions/",
        "/accounts/logout/",
        f"/communication/{NOTHING}/",
    )
] + [
    Shown("newcomer", "/communication/"),
    Shown("newcomer", "/communication/?state=closed"),
    Shown("papers", "/communication/"),
    Shown("critic", "/communication/"),
    Shown("gone", "/no-membership"),
]
DESK = [
    Shown("keeper", path)
    for path in (
        "/desk/",
        "/desk/?view=waiting",
        "/desk/?view=open&scope={books}",
        "/desk/?view=closed",
        "/desk/new",
        "/desk/new?company={books}",
        "/desk/c/{asked}/",
        "/desk/c/{long}/",
        "/desk/c/{private}/",
        "/desk/c/{closed}/",
        "/desk/c/{again}/",
        "/search?q=facture",
        "/search?q=introuvable",
        "/profile/",
        "/profile/notifications",
        "/profile/install",
        "/desk/companies/{books}/",
        "/desk/companies/{books}/documents",
        "/desk/companies/{books}/accounts",
        "/desk/companies/{books}/accounts?view=invoices",
        "/desk/companies/{books}/accounts?view=payments",
        "/desk/companies/{books}/accounts?view=payments&q=introuvable",
        "/desk/imports/{unnamed}/columns",
        "/desk/payments/{payment}/match",
        "/desk/payments/{payment}/match?q=introuvable",
        "/payments/{payment}/",
        "/invoices/{invoice}/",
        "/desk/questions/",
        "/desk/companies/{books}/questions",
        "/desk/companies/{books}/questions?invoice={invoice}",
        "/desk/c/{questions}/",
        "/desk/mails/",
        "/desk/mails/?pile=taken",
        "/desk/mails/?pile=done",
        "/desk/mails/{mail}/",
        "/desk/settings/staff",  # refused
    )
] + [
    Shown("idle", path)
    for path in (
        "/desk/",
        "/desk/?view=waiting",
        "/desk/?view=open",
        "/desk/?view=closed",
        "/desk/companies/",
    )
]
SETTINGS = [
    Shown("curator", path)
    for path in (
        "/desk/companies/",
        "/desk/companies/?q=introuvable",
        "/desk/companies/?archived=1",
        "/desk/companies/new",
        "/desk/companies/import",
        "/desk/companies/{books}/",
        "/desk/companies/{books}/edit",
        "/desk/companies/{old}/",
        "/desk/companies/{old}/documents",
        "/desk/companies/{books}/deadlines",
        "/desk/deadlines/?year=2027",
        "/desk/deadlines/rule",
        "/desk/deadlines/dates/quarterly/2026-Q4/return",
        "/desk/settings/staff",
        "/desk/settings/groups",
        "/desk/settings/groups/new",
        "/desk/settings/groups/{group}",
        "/desk/settings/branding",
        "/desk/settings/deliveries",
        "/desk/settings/audit",
        "/desk/settings/audit?person=personne",
        "/desk/settings/audit/messages/{edited}",
    )
]
ALL = [*NOBODY, *PORTAL, *DESK, *SETTINGS]
