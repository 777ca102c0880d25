"""The addresses of questions: at the desk, drafted and sent."""

from __future__ import annotations

from django.urls import path

from comptoir.web.desk import after_filing, answers, question_verbs, questions, sending, to_send

urlpatterns = [
    path("desk/questions/", to_send.questions_to_send, name="questions_to_send"),
    path("desk/companies/<uuid:company_id>/questions", questions.company_questions, name="company_questions"),
    path(
        "desk/companies/<uuid:company_id>/questions/draft",
        question_verbs.question_draft,
        name="question_draft",
    ),
    path(
        "desk/companies/<uuid:company_id>/questions/send",
        question_verbs.questions_send,
        name="questions_send",
    ),
    path(
        "desk/companies/<uuid:company_id>/questions/merge",
        question_verbs.questions_merge,
        name="questions_merge",
    ),
    path("desk/companies/<uuid:company_id>/after-filing", after_filing.after_filing, name="after_filing"),
    path("desk/questions/<uuid:question_id>/change", question_verbs.question_change, name="question_change"),
    path("desk/questions/<uuid:question_id>/part", question_verbs.question_part, name="question_part"),
    path("desk/questions/<uuid:question_id>/drop", question_verbs.question_drop, name="question_drop"),
    path(
        "desk/questions/sent/<uuid:message_id>/take-back",
        question_verbs.questions_take_back,
        name="questions_take_back",
    ),
    path("desk/questions/send", sending.questions_send_many, name="questions_send_many"),
    path("desk/questions/sent/take-back", sending.questions_take_back_many, name="questions_take_back_many"),
    path("desk/questions/later/<uuid:later_id>/cancel", sending.asking_cancel, name="asking_cancel"),
    path("desk/answers/", answers.answers_to_accept, name="answers_to_accept"),
    path("desk/answers/accept", answers.answers_accept, name="answers_accept"),
    path("desk/answers/accepted.csv", answers.answers_csv, name="answers_csv"),
    path("desk/questions/<uuid:question_id>/send-back", answers.answer_send_back, name="answer_send_back"),
    path("desk/questions/<uuid:question_id>/remember", answers.answer_remember, name="answer_remember"),
]
