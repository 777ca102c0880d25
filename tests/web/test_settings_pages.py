"""The administrator's pages: staff, groups, the office's appearance and policy."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from comptoir.people.models import Company, Group, Membership, Office, Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.core.mail import EmailMessage
    from django.test import Client

    Browser = Callable[[Membership], Client]

PAGES = (
    "settings_staff",
    "settings_groups",
    "group_new",
    "settings_branding",
    "settings_questions",
    "settings_audit",
    "company_new",
    "company_import",
)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("who", "status"), [("admin", 200), ("accountant", 403), ("assistant", 403), ("sophie", 404)]
)
def test_are_the_administrators(
    name: str, who: str, status: int, browser_of: Browser, request: pytest.FixtureRequest
) -> None:
    assert browser_of(request.getfixturevalue(who)).get(reverse(name)).status_code == status


# ── Staff ────────────────────────────────────────────────────────────────
def test_shows_the_staff_and_what_they_hold(
    browser_of: Browser, admin: Membership, accountant: Membership
) -> None:
    rows = browser_of(admin).get(reverse("settings_staff")).context["staff"]
    assert [row["member"].person.name for row in rows] == [
        "Inès Lacroix",
        "Julien Moreau",
        "Nathalie Verhulst",
        "Philippe Talmont",
    ]
    (hers,) = [row for row in rows if row["member"].pk == accountant.pk]
    assert (hers["managed"], hers["groups"]) == (1, ["Namur"])


def test_invites_to_the_staff(browser_of: Browser, admin: Membership, mailoutbox: list[EmailMessage]) -> None:
    typed = {"email": "new@talmont.example", "profile": "accountant", "language": "fr", "name": ""}
    assert browser_of(admin).post(reverse("settings_staff"), typed).status_code == 302
    assert [mail.to for mail in mailoutbox] == [["new@talmont.example"]]


def test_a_clients_profile_is_not_on_offer(
    browser_of: Browser, admin: Membership, mailoutbox: list[EmailMessage]
) -> None:
    typed = {"email": "new@talmont.example", "profile": "full_access", "language": "fr"}
    assert browser_of(admin).post(reverse("settings_staff"), typed).status_code == 422
    assert mailoutbox == []


def test_changes_a_profile_and_ends_an_access(
    browser_of: Browser, admin: Membership, accountant: Membership, colleague: Membership, bakery: Company
) -> None:
    browser = browser_of(admin)
    browser.post(reverse("member_profile", args=[accountant.pk]), {"profile": "administrator"})
    assert Membership.objects.get(pk=accountant.pk).profile == "administrator"
    browser.post(reverse("member_end", args=[accountant.pk]), {"successor": str(colleague.pk)})
    assert not Membership.objects.get(pk=accountant.pk).is_active
    assert Company.objects.get(pk=bakery.pk).manager_id == colleague.pk


def test_the_last_administrator_is_told_why_not(browser_of: Browser, admin: Membership) -> None:
    answer = browser_of(admin).post(reverse("member_end", args=[admin.pk]))
    assert answer.status_code == 409
    assert Membership.objects.get(pk=admin.pk).is_active


def test_who_gives_up_the_administration_is_led_home(
    browser_of: Browser, admin: Membership, accountant: Membership
) -> None:
    browser = browser_of(admin)
    browser.post(reverse("member_profile", args=[accountant.pk]), {"profile": "administrator"})
    answer = browser.post(reverse("member_profile", args=[admin.pk]), {"profile": "accountant"})
    assert answer["Location"] == "/"


# ── Groups ───────────────────────────────────────────────────────────────
def test_creates_changes_and_dissolves_a_group(
    browser_of: Browser, admin: Membership, colleague: Membership, group: Group
) -> None:
    browser = browser_of(admin)
    typed = {"name": "Liège", "fallback_email": "", "member_ids": [str(colleague.pk)]}
    assert browser.post(reverse("group_new"), typed).status_code == 302
    made = Group.objects.get(name="Liège")
    assert list(made.members.all()) == [colleague]
    edit = reverse("group_edit", args=[made.pk])
    assert f'value="{colleague.pk}" checked'.encode() in browser.get(edit).content
    taken = browser.post(edit, {**typed, "name": group.name})
    assert (taken.status_code, list(taken.context["form"].errors)) == (422, ["name"])
    assert browser.post(edit, {"name": "Liège", "fallback_email": "liege@x.example"}).status_code == 302
    assert made.members.count() == 0
    assert browser.post(reverse("group_delete", args=[made.pk])).status_code == 302
    assert not Group.objects.filter(pk=made.pk).exists()


def test_another_offices_group_is_not_there(browser_of: Browser, outsider: Membership, group: Group) -> None:
    browser = browser_of(outsider)
    assert browser.get(reverse("group_edit", args=[group.pk])).status_code == 404
    assert browser.post(reverse("group_delete", args=[group.pk])).status_code == 404


# ── The office ───────────────────────────────────────────────────────────
LOOK = {"name": "Talmont & Associés", "address_line": "Rue Neuve 1, Namur", "colour": "320/0.17"}


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGBA", (600, 300), (200, 0, 0, 128)).save(out, "PNG")
    return SimpleUploadedFile("logo.png", out.getvalue())


def test_keeps_name_colour_and_logo(browser_of: Browser, admin: Membership, office: Office) -> None:
    browser = browser_of(admin)
    assert browser.post(reverse("settings_branding"), {**LOOK, "logo": picture()}).status_code == 302
    stored = Office.objects.get(pk=office.pk)
    assert (stored.name, stored.address_line) == (LOOK["name"], LOOK["address_line"])
    assert (stored.brand_hue, stored.brand_chroma) == (320, 0.17)
    page = browser.get(reverse("settings_branding"))
    assert 'value="320/0.17" checked' in page.content.decode()
    logo = browser.get(page.context["house"].logo)
    assert (logo.status_code, logo["Content-Type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(logo.content)).size == (256, 128)
    browser.post(reverse("settings_branding"), LOOK)
    assert Office.objects.get(pk=office.pk).logo_version == stored.logo_version


def test_what_is_no_picture_is_refused(browser_of: Browser, admin: Membership, office: Office) -> None:
    logo = SimpleUploadedFile("logo.png", b"<svg onload='alert(1)'/>")
    answer = browser_of(admin).post(reverse("settings_branding"), {**LOOK, "logo": logo})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["logo"])
    assert Office.objects.get(pk=office.pk).name == office.name


def test_the_policy_holds_from_the_next_page(
    browser_of: Browser, admin: Membership, accountant: Membership, sophie: Membership
) -> None:
    assert browser_of(admin).post(reverse("settings_policy"), {"second_factor": "on"}).status_code == 302
    assert browser_of(accountant).get("/desk/", headers={"accept": "text/html"}).status_code == 302
    assert browser_of(sophie).get("/communication/").status_code == 200
    assert Person.objects.count()
