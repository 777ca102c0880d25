"""What every template knows: whose house the page stands in."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings

from comptoir.people.queries import house_office
from comptoir.web.brand import colours_address, logo_address
from comptoir.web.demo import demo_accounts
from comptoir.web.phone.icons import icon_address
from comptoir.web.phone.manifest import manifest_address

if TYPE_CHECKING:
    from django.http import HttpRequest

    from comptoir.people.models import Office
    from comptoir.web.demo import Accounts


class House:
    """The office of the membership chosen, or the installation's; asked for only where a template shows it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def office(self) -> Office | None:
        # A lazy membership is false where there is none.
        member = getattr(self.request, "member", None)
        return member.office if member else house_office()

    @property
    def name(self) -> str:
        return self.office.name if self.office else "Comptoir"

    @property
    def address_line(self) -> str:
        return self.office.address_line if self.office else ""

    @cached_property
    def colours(self) -> str:
        return colours_address(self.office) if self.office else ""

    @cached_property
    def logo(self) -> str:
        return logo_address(self.office) if self.office else ""

    @property
    def manifest(self) -> str:
        return manifest_address(self.office) if self.office else ""

    @property
    def touch_icon(self) -> str:
        return icon_address(self.office, "touch", 180) if self.office else ""

    @property
    def demo_accounts(self) -> Accounts | None:
        return demo_accounts()


def house(request: HttpRequest) -> dict[str, Any]:
    return {"house": House(request), "demo": settings.DEMO, "languages": settings.LANGUAGES}
