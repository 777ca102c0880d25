"""Groups of the staff. For administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from comptoir.core.errors import NotFound
from comptoir.people.actions.groups import change_group, create_group, delete_group
from comptoir.people.gate import require_administrator
from comptoir.people.models import Company, Group
from comptoir.web.form_page import form_page
from comptoir.web.forms import EMAIL, staff_of, tried
from comptoir.web.members import for_office

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership


class GroupForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the group"), max_length=80)
    fallback_email = forms.EmailField(
        label=gettext_lazy("Address of last resort"),
        max_length=EMAIL,
        required=False,
        help_text=gettext_lazy("Where a message goes when nobody of the group can be told."),
    )
    member_ids = forms.TypedMultipleChoiceField(label=gettext_lazy("Members"), coerce=UUID, required=False)

    def __init__(self, *args: Any, member: Membership, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["member_ids"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(one.pk), one.person.name) for one in staff_of(member)]


@for_office
@require_safe
def settings_groups(request: HttpRequest, member: Membership) -> HttpResponseBase:
    require_administrator(member)
    held = dict(
        Company.objects.visible_to(member).active().order_by().values_list("group").annotate(Count("pk"))
    )
    groups = Group.objects.visible_to(member).prefetch_related("members__person")
    rows = [
        {"group": group, "members": list(group.members.all()), "held": held.get(group.pk, 0)}
        for group in groups
    ]
    return form_page(
        request, member, "desk/settings/groups.html", active="settings", part="groups", groups=rows
    )


@for_office
def group_new(request: HttpRequest, member: Membership) -> HttpResponseBase:
    require_administrator(member)
    form = GroupForm(request.POST or None, member=member)
    if tried(form, lambda values: create_group(values.pop("name"), by=member, at=timezone.now(), **values)):
        messages.success(request, _("The group is there."))
        return redirect("settings_groups")
    return _form(request, member, form)


@for_office
def group_edit(request: HttpRequest, member: Membership, group_id: UUID) -> HttpResponseBase:
    group = Group.objects.visible_to(member).filter(pk=group_id).first()
    if group is None:
        raise NotFound
    require_administrator(member)
    known = {
        "name": group.name,
        "fallback_email": group.fallback_email,
        "member_ids": [str(pk) for pk in group.members.values_list("pk", flat=True)],
    }
    form = GroupForm(request.POST or None, member=member, initial=known)
    if tried(form, lambda values: change_group(group.pk, by=member, at=timezone.now(), **values)):
        messages.success(request, _("The group is changed."))
        return redirect("settings_groups")
    return _form(request, member, form, group=group)


@for_office
@require_POST
def group_delete(request: HttpRequest, member: Membership, group_id: UUID) -> HttpResponseBase:
    delete_group(group_id, by=member, at=timezone.now())
    messages.success(request, _("The group is dissolved. Its dossiers stay with their managers."))
    return redirect("settings_groups")


def _form(
    request: HttpRequest, member: Membership, form: GroupForm, *, group: Group | None = None
) -> HttpResponseBase:
    return form_page(
        request,
        member,
        "desk/settings/group_form.html",
        active="settings",
        part="groups",
        form=form,
        group=group,
        chosen=[str(pk) for pk in form["member_ids"].value() or ()],
    )
