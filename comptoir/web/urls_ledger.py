"""The addresses of the accounts: files brought in, invoices, payments."""

from __future__ import annotations

from django.urls import path

from comptoir.web import invoices, payments
from comptoir.web.desk import accounts, by_hand, columns, imports, matches
from comptoir.web.portal import invoices as portal_invoices

urlpatterns = [
    path("desk/companies/<uuid:company_id>/accounts", accounts.accounts, name="accounts"),
    path("desk/companies/<uuid:company_id>/books", accounts.books, name="books_date"),
    path("desk/companies/<uuid:company_id>/imports", imports.bring, name="imports_bring"),
    path("desk/imports/<uuid:import_id>/", imports.show, name="import_show"),
    path("desk/imports/<uuid:import_id>/file", imports.file, name="import_file"),
    path("desk/imports/<uuid:import_id>/columns", columns.name, name="import_columns"),
    path("desk/payments/<uuid:payment_id>/accept", matches.accept, name="match_accept"),
    path("desk/payments/<uuid:payment_id>/match", by_hand.match, name="match_by_hand"),
    path("desk/payments/<uuid:payment_id>/undo", matches.undo, name="match_undo"),
    path("invoices/", portal_invoices.list_, name="portal_invoices"),
    path("invoices/<uuid:invoice_id>/", invoices.invoice, name="invoice"),
    path("invoices/files/<uuid:file_id>", invoices.invoice_file, name="invoice_file"),
    path("payments/<uuid:payment_id>/", payments.payment, name="payment"),
    path("payments/<uuid:payment_id>/documents", payments.add_document, name="payment_document_add"),
    path("payments/documents/<uuid:document_id>", payments.document, name="payment_document"),
    path("payments/documents/<uuid:document_id>/preview", payments.preview, name="payment_document_preview"),
    path("payments/documents/<uuid:document_id>/off", payments.take_off, name="payment_document_off"),
]
