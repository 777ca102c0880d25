"""A page with plain forms: what was typed survives, and a form with something to correct answers 422."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comptoir.web.pages import page

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from comptoir.people.models import Membership

WRONG = 422


def form_page(
    request: HttpRequest, member: Membership, template: str, *, form: Form | None = None, **context: Any
) -> HttpResponse:
    status = context.pop("status", WRONG if form is not None and form.errors else 200)
    return page(request, member, template, status=status, form=form, **context)
