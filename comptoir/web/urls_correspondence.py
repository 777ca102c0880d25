"""The addresses of e-mail in: what was kept to be checked, and the documents that were mailed to a dossier."""

from __future__ import annotations

from django.urls import path

from comptoir.web.desk import documents, mails
from comptoir.web.mail_in import mail_in

urlpatterns = [
    path("mail-in", mail_in, name="mail_in"),
    path("desk/mails/", mails.mails_page, name="mails"),
    path("desk/mails/<uuid:mail_id>/", mails.mail_page, name="mail"),
    path("desk/mails/<uuid:mail_id>/raw", mails.mail_raw, name="mail_raw"),
    path("desk/mails/<uuid:mail_id>/file", mails.mail_file, name="mail_file"),
    path("desk/mails/<uuid:mail_id>/drop", mails.mail_drop, name="mail_drop"),
    path("desk/companies/<uuid:company_id>/documents", documents.company_documents, name="company_documents"),
    path("desk/companies/<uuid:company_id>/address", documents.company_address, name="company_address"),
    path("desk/companies/<uuid:company_id>/senders", documents.sender_trust, name="sender_trust"),
    path("desk/senders/<uuid:sender_id>/distrust", documents.sender_distrust, name="sender_distrust"),
    path("desk/documents/<uuid:document_id>", documents.document, name="document"),
]
