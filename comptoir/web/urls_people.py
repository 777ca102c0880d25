"""The addresses of people's own pages, of dossiers and of the settings."""

from __future__ import annotations

from django.urls import path

from comptoir.web import first_run, join, profile
from comptoir.web.desk import (
    companies,
    company_import,
    invited,
    settings_audit,
    settings_groups,
    settings_office,
    settings_staff,
)

urlpatterns = [
    path("start", first_run.first_run, name="first_run"),
    path("no-membership", first_run.no_membership, name="no_membership"),
    path("join", join.join, name="join"),
    path("profile/", profile.profile, name="profile"),
    path("profile/tokens", profile.token_make, name="token_make"),
    path("profile/tokens/<uuid:token_id>/revoke", profile.token_revoke, name="token_revoke"),
    path("profile/sign-out-everywhere", profile.leave_everywhere, name="sign_out_everywhere"),
    # ── Dossiers ──
    path("desk/companies/", companies.companies, name="companies"),
    path("desk/companies/new", companies.company_new, name="company_new"),
    path("desk/companies/import", company_import.company_import, name="company_import"),
    path("desk/companies/<uuid:company_id>/", companies.company, name="company"),
    path("desk/companies/<uuid:company_id>/edit", companies.company_edit, name="company_edit"),
    path("desk/companies/<uuid:company_id>/archive", companies.company_archive, name="company_archive"),
    path("desk/companies/<uuid:company_id>/restore", companies.company_restore, name="company_restore"),
    path("desk/companies/<uuid:company_id>/invite", invited.company_invite, name="company_invite"),
    path("desk/members/<uuid:member_id>/profile", invited.member_profile, name="member_profile"),
    path("desk/members/<uuid:member_id>/end", invited.member_end, name="member_end"),
    path("desk/invitations/<uuid:invitation_id>/resend", invited.invitation_resend, name="invitation_resend"),
    path(
        "desk/invitations/<uuid:invitation_id>/withdraw",
        invited.invitation_withdraw,
        name="invitation_withdraw",
    ),
    # ── Settings ──
    path("desk/settings/", settings_staff.settings, name="settings"),
    path("desk/settings/staff", settings_staff.settings_staff, name="settings_staff"),
    path("desk/settings/groups", settings_groups.settings_groups, name="settings_groups"),
    path("desk/settings/groups/new", settings_groups.group_new, name="group_new"),
    path("desk/settings/groups/<uuid:group_id>", settings_groups.group_edit, name="group_edit"),
    path("desk/settings/groups/<uuid:group_id>/delete", settings_groups.group_delete, name="group_delete"),
    path("desk/settings/branding", settings_office.settings_branding, name="settings_branding"),
    path("desk/settings/policy", settings_office.settings_policy, name="settings_policy"),
    path("desk/settings/audit", settings_audit.settings_audit, name="settings_audit"),
    path("desk/settings/audit/export", settings_audit.audit_export, name="audit_export"),
    path(
        "desk/settings/audit/messages/<uuid:message_id>", settings_audit.audit_message, name="audit_message"
    ),
]
