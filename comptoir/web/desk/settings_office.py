"""How the office presents itself, and its policy on signing in. For administrators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.files.logos import logo_png
from comptoir.people.actions.offices import change_branding, require_second_factor
from comptoir.people.gate import require_administrator
from comptoir.web.form_page import form_page
from comptoir.web.forms import ADDRESS, NAME, tried
from comptoir.web.members import for_office

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership, Office


LIGHTNESS = 0.5  # about that of the accent, by day and by night


@dataclass(frozen=True)
class Colour:
    """A hue in degrees; lightness is the product's, so that every one of them can be read."""

    hue: int
    chroma: float
    name: Any

    @property
    def value(self) -> str:
        return f"{self.hue}/{self.chroma}"

    @property
    def fill(self) -> str:
        return f"oklch({LIGHTNESS} {self.chroma} {self.hue})"


# None that could be taken for one of the three that mean something: red is late, amber waits, green is done.
COLOURS = (
    Colour(259, 0.17, gettext_lazy("Blue")),
    Colour(230, 0.13, gettext_lazy("Sky blue")),
    Colour(200, 0.1, gettext_lazy("Turquoise")),
    Colour(120, 0.12, gettext_lazy("Olive")),
    Colour(355, 0.18, gettext_lazy("Raspberry")),
    Colour(320, 0.17, gettext_lazy("Purple")),
    Colour(290, 0.18, gettext_lazy("Violet")),
    Colour(259, 0.02, gettext_lazy("Slate")),
)


class BrandingForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the office"), max_length=NAME)
    address_line = forms.CharField(
        label=gettext_lazy("Address line"),
        max_length=ADDRESS,
        required=False,
        help_text=gettext_lazy("Stands on the sign-in page, for example street, town and telephone."),
    )
    colour = forms.ChoiceField(
        label=gettext_lazy("Colour"), choices=[(colour.value, colour.name) for colour in COLOURS]
    )
    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        help_text=gettext_lazy("A PNG or JPEG of at most 2 MB; it is made smaller."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def settings_branding(request: HttpRequest, member: Membership) -> HttpResponseBase:
    require_administrator(member)
    office = member.office
    form = BrandingForm(request.POST or None, request.FILES or None, initial=_as_it_is(office))
    if tried(form, lambda values: _brand(values, by=member)):
        messages.success(request, _("The office’s appearance is changed."))
        return redirect("settings_branding")
    return form_page(
        request,
        member,
        "desk/settings/branding.html",
        active="settings",
        part="branding",
        form=form,
        colours=COLOURS,
    )


def _as_it_is(office: Office) -> dict[str, Any]:
    """The nearest of our colours, for an office that was given another by hand."""
    nearest = min(
        COLOURS,
        key=lambda colour: (
            abs(colour.chroma - office.brand_chroma) > 0.1,  # noqa: PLR2004 -- grey or not
            min((colour.hue - office.brand_hue) % 360, (office.brand_hue - colour.hue) % 360),
        ),
    )
    return {"name": office.name, "address_line": office.address_line, "colour": nearest.value}


def _brand(values: dict[str, Any], *, by: Membership) -> Office:
    hue, _slash, chroma = values["colour"].partition("/")
    return change_branding(
        by=by,
        at=timezone.now(),
        name=values["name"],
        address_line=values["address_line"],
        brand_hue=int(hue),
        brand_chroma=float(chroma),
        logo=logo_png(values["logo"]) if values["logo"] else None,
    )


@for_office
@require_POST
def settings_policy(request: HttpRequest, member: Membership) -> HttpResponseBase:
    required = request.POST.get("second_factor") == "on"
    require_second_factor(by=member, at=timezone.now(), required=required)
    messages.success(request, _("The policy is changed."))
    return redirect("settings_branding")
