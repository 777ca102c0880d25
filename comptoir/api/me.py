"""Who the token speaks for, what waits for them, and the people and dossiers around them."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from comptoir.api import schemas
from comptoir.api.answers import answer
from comptoir.api.asked import CompaniesAsked
from comptoir.api.auth import READ, ApiRequest
from comptoir.api.errors import refusals
from comptoir.api.rows import Item, member_item, named
from comptoir.conversations.queries import counters
from comptoir.core.errors import NotFound
from comptoir.core.text import fold
from comptoir.people.models import Company, Membership
from comptoir.people.queries import addressees, memberships_of

router = Router(auth=READ)


@router.get("/me", response={200: schemas.Me, **refusals()}, summary="Who am I")
def me(request: ApiRequest) -> HttpResponse:
    member, person = request.auth.member, request.auth.member.person
    return answer(
        {
            "person": {
                "id": person.pk,
                "name": person.name,
                "email": person.email,
                "language": person.language,
                "time_zone": person.time_zone,
            },
            "member": membership_item(member),
            "memberships": [membership_item(one) for one in memberships_of(person)],
            "scopes": sorted(request.auth.scopes),
        }
    )


def membership_item(member: Membership) -> Item:
    company = member.company
    return {
        "id": member.pk,
        "office": {"id": member.office_id, "name": member.office.name},
        "company": {"id": company.pk, "name": company.name} if company else None,
        "profile": member.profile,
        "side": member.side,
    }


@router.get("/counters", response={200: schemas.Counters, **refusals()}, summary="What waits for me")
def show_counters(request: ApiRequest) -> HttpResponse:
    """Exact, per member, over open conversations."""
    return answer(counters_item(request.auth.member))


def counters_item(member: Membership) -> Item:
    now = counters(member)
    return {"to_handle": now.to_handle, "unread": now.unread}


@router.get("/companies", response={200: schemas.Companies, **refusals()}, summary="The dossiers that I see")
def list_companies(request: ApiRequest, asked: Query[CompaniesAsked]) -> HttpResponse:
    """The staff: those they may see, by name. A client: their own company."""
    first = (asked.page - 1) * asked.limit
    dossiers = Company.objects.visible_to(request.auth.member).active()
    fields = ("id", "name", "enterprise_number", "vat_regime", "language")
    found = dossiers.values_list(*fields, "manager_id", "manager__person__name", named=True)
    # As people sort, É beside E: databases disagree about that.
    rows = sorted(found, key=lambda row: (fold(row.name), row.id))[first : first + asked.limit + 1]
    items = [
        {
            **{field: getattr(row, field) for field in fields},
            "manager": named(row.manager_id, row.manager__person__name),
        }
        for row in rows[: asked.limit]
    ]
    return answer({"items": items, "page": asked.page, "has_more": len(rows) > asked.limit})


@router.get(
    "/companies/{company_id}/people",
    response={200: schemas.People, **refusals(404)},
    summary="The people around a dossier",
)
def list_people(request: ApiRequest, company_id: UUID) -> HttpResponse:
    """Its staff and its own people, with whom I may name in a private conversation."""
    member = request.auth.member
    company = Company.objects.visible_to(member).active().filter(pk=company_id).first()
    if company is None:
        raise NotFound
    may_be_named = {person.pk for person in addressees(member, company)}
    people = Membership.objects.staff_of(company) | Membership.objects.clients_of(company)
    items = [
        {**member_item(one), "profile": one.profile, "is_addressable": one.pk in may_be_named}
        for one in people.select_related("person").order_by("person__name", "pk")
    ]
    return answer({"items": items})
