"""Plain forms: what is typed goes to an action, and what the action refuses stands beside its field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import NotAllowed, NotFound, Refused
from comptoir.people.models import Group, Language, Membership, VatRegime
from comptoir.people.profiles import CLIENT_PROFILES, OFFICE_PROFILES, Profile, may_write_to_clients

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")

NAME, NUMBER, EMAIL, ADDRESS = 120, 40, 254, 200


def tried(form: forms.Form, act: Callable[[dict[str, Any]], T]) -> T | None:
    """Do it with the form's values; None where the form, or the action, finds something to correct."""
    if not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except (NotFound, NotAllowed):
        raise  # nothing that other values would change
    except Refused as refusal:
        # An action says "manager" where the field, which carries an id, is "manager_id".
        names = (refusal.field, f"{refusal.field}_id")
        form.add_error(next((name for name in names if name in form.fields), None), str(refusal.text))
        return None


class ChoiceOfRow(forms.TypedChoiceField):
    """One of some rows, by id, or none of them."""

    def __init__(self, **more: Any) -> None:
        super().__init__(coerce=UUID, empty_value=None, required=False, **more)

    def offer(self, rows: Iterable[tuple[UUID, str]], *, nothing: str) -> None:
        self.choices = [("", nothing), *((str(pk), name) for pk, name in rows)]


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), max_length=EMAIL)
    name = forms.CharField(
        label=_("Name"), max_length=NAME, required=False, help_text=_("They can change it when they join.")
    )
    profile = forms.ChoiceField(label=_("Profile"))
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=Language.choices)

    def __init__(self, *args: Any, to_staff: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.profile_field.choices = profile_choices(to_staff=to_staff)

    @property
    def profile_field(self) -> forms.ChoiceField:
        field = self.fields["profile"]
        assert isinstance(field, forms.ChoiceField)
        return field


def profile_choices(*, to_staff: bool) -> list[tuple[str, Any]]:
    side = OFFICE_PROFILES if to_staff else CLIENT_PROFILES
    return [(value, label) for value, label in Profile.choices if value in side]


class CompanyForm(forms.Form):
    name = forms.CharField(label=_("Name of the company"), max_length=NAME)
    enterprise_number = forms.CharField(
        label=_("Enterprise number"), max_length=NUMBER, help_text=_("Ten digits, for example 0712.458.367.")
    )
    vat_regime = forms.ChoiceField(label=_("VAT regime"), choices=VatRegime.choices)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    manager_id = ChoiceOfRow(label=_("Managed by"))
    group_id = ChoiceOfRow(label=_("Group"), help_text=_("The members of the group see the dossier as well."))

    def __init__(self, *args: Any, member: Membership, **more: Any) -> None:
        super().__init__(*args, **more)
        managers = [
            (one.pk, one.person.name) for one in staff_of(member) if may_write_to_clients(one.profile)
        ]
        groups = Group.objects.visible_to(member).values_list("pk", "name")
        self._offer("manager_id", managers)
        self._offer("group_id", groups)

    def _offer(self, name: str, rows: Iterable[tuple[UUID, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, ChoiceOfRow)
        field.offer(rows, nothing="—")


def staff_of(member: Membership) -> list[Membership]:
    """The office's staff in force, by name, as any of them may see."""
    staff = Membership.objects.visible_to(member).active().filter(company__isnull=True)
    return list(staff.select_related("person").order_by("person__name"))
