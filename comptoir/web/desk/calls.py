"""Whom to call: the stragglers of a campaign, with their people and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.views.decorators.http import require_safe

from comptoir.campaigns.board import STRAGGLERS, campaigns, lines, people_to_call
from comptoir.core.errors import NotFound
from comptoir.web.desk.board import name_of
from comptoir.web.form_page import form_page
from comptoir.web.members import for_office

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.campaigns.board import Line
    from comptoir.campaigns.models import Campaign
    from comptoir.people.models import Membership

AT_ONCE = 200


def seen_campaign(member: Membership, campaign_id: UUID) -> Campaign:
    found = next((one for one in campaigns(member) if one.pk == campaign_id), None)
    if found is None:
        raise NotFound
    return found


@for_office
@require_safe
def call_list(request: HttpRequest, member: Membership, campaign_id: UUID) -> HttpResponseBase:
    """Whoever is late or sent nothing, with the people who may hand in and their numbers."""
    campaign = seen_campaign(member, campaign_id)
    found = stragglers(campaign, member)[:AT_ONCE]
    people = people_to_call(member, [line.company_id for line in found])
    return form_page(
        request,
        member,
        "desk/calls.html",
        active="board",
        campaign=campaign,
        name=name_of(campaign, member.person.language),
        rows=[(line, people.get(line.company_id, [])) for line in found],
    )


def stragglers(campaign: Campaign, member: Membership) -> list[Line]:
    """The latest first."""
    today = timezone.localdate()
    found = [line for line in lines(campaign, member=member) if line.stand(today) in STRAGGLERS]
    return sorted(found, key=lambda line: STRAGGLERS.index(line.stand(today)))
