"""The addresses of what decides whether something is asked: the office's thresholds, a dossier's remembered answers."""

from __future__ import annotations

from django.urls import path

from comptoir.web.desk import question_rules, settings_questions

urlpatterns = [
    path("desk/settings/questions", settings_questions.settings_questions, name="settings_questions"),
    path("desk/companies/<uuid:company_id>/rules", question_rules.rules, name="question_rules"),
    path(
        "desk/companies/<uuid:company_id>/director-accounts",
        question_rules.director_accounts,
        name="director_accounts",
    ),
    path("desk/rules/<uuid:rule_id>/change", question_rules.change, name="rule_change"),
    path("desk/rules/<uuid:rule_id>/end", question_rules.end, name="rule_end"),
]
