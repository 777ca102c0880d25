"""The page speaks its reader's language and keeps its reader's clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone, translation

from comptoir.people.models import Person

if TYPE_CHECKING:
    from django.test import Client

    from comptoir.people.models import Membership

LOGIN = "/accounts/login/"


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    ("wished", "spoken"), [("nl-BE,nl;q=0.9", "nl"), ("de", "de"), ("pt", "fr"), ("", "fr")]
)
def test_signed_out_the_browser_decides(client: Client, wished: str, spoken: str) -> None:
    response = client.get(LOGIN, headers={"accept-language": wished})
    assert response.headers["Content-Language"] == spoken
    assert f'<html lang="{spoken}"' in response.content.decode()


@pytest.mark.usefixtures("cast")
def test_the_choice_at_the_foot_of_the_page_stays(client: Client) -> None:
    response = client.post("/language", {"language": "nl", "next": LOGIN})
    assert response.headers["Location"] == LOGIN
    assert client.get(LOGIN, headers={"accept-language": "de"}).headers["Content-Language"] == "nl"


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_it_leads_nowhere_else(client: Client, elsewhere: str) -> None:
    assert client.post("/language", {"language": "nl", "next": elsewhere}).headers["Location"] == "/"


@pytest.mark.usefixtures("cast")
def test_an_unknown_language_is_refused(client: Client) -> None:
    assert client.post("/language", {"language": "xx"}).status_code == 422


def test_signed_in_the_person_decides(client: Client, sophie: Membership) -> None:
    Person.objects.filter(pk=sophie.person_id).update(language="de")
    client.force_login(sophie.person)
    response = client.get("/accounts/sessions/", headers={"accept-language": "nl"})
    assert response.headers["Content-Language"] == "de"


def test_nothing_of_one_request_is_left_to_the_next(client: Client, sophie: Membership) -> None:
    before = (translation.get_language(), timezone.get_current_timezone_name())
    Person.objects.filter(pk=sophie.person_id).update(language="de", time_zone="America/New_York")
    client.force_login(sophie.person)
    client.get("/accounts/sessions/")
    assert (translation.get_language(), timezone.get_current_timezone_name()) == before
