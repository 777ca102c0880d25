"""The demo office's accounts, each opened with one click. Nothing of this exists without COMPTOIR_DEMO."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from comptoir.core.errors import NotFound
from comptoir.people.models import Membership
from comptoir.people.queries import SESSION_MEMBER
from comptoir.people.sign_in import open_session
from comptoir.web.language import safe_next

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

PASSWORD = "comptoir-demo"  # noqa: S105 -- public by intention, and shown on the page
DOMAIN = "demo.example"
FIRST = ("client", "documents", "accountant", "assistant", "admin")
MORE = ("partner", "reader", "outsider", "colleague", "other")


class Accounts(NamedTuple):
    """As the sign-in page lists them: the usual ones by side, and the others behind a fold."""

    client: list[Membership]
    office: list[Membership]
    more: list[Membership]
    password: str = PASSWORD


def demo_accounts() -> Accounts | None:
    """None where there is no demo, or its office is not there yet."""
    if not settings.DEMO:
        return None
    by_name = _members(FIRST + MORE)
    first = [by_name[name] for name in FIRST if name in by_name]
    more = [by_name[name] for name in MORE if name in by_name]
    if not first:
        return None
    return Accounts(
        client=[m for m in first if not m.is_office], office=[m for m in first if m.is_office], more=more
    )


def _members(names: Iterable[str]) -> dict[str, Membership]:
    """The first membership of each named account, whichever demo office it belongs to."""
    found = (
        Membership.objects.active()
        .filter(office__is_demo=True, person__email__in=[f"{name}@{DOMAIN}" for name in names])
        .select_related("person", "company", "office")
        .order_by("-joined_at", "-pk")
    )
    return {member.person.email.partition("@")[0]: member for member in found}


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Open the named account of the demo office, without its password."""
    name, _, domain = request.POST.get("account", "").partition("@")
    if not settings.DEMO or name not in FIRST + MORE or domain != DOMAIN:
        raise NotFound
    member = _members([name]).get(name)
    if member is None or not member.person.is_active:
        raise NotFound
    open_session(request, member.person, method="demo")
    request.session[SESSION_MEMBER] = str(member.pk)
    return redirect(safe_next(request))
