"""The addresses at which a client hands in what is asked for."""

from __future__ import annotations

from django.urls import path

from comptoir.web.portal import documents

urlpatterns = [
    path("documents/", documents.documents, name="portal_documents"),
    path("c/<uuid:conversation_id>/documents", documents.request_page, name="portal_request"),
    path("c/<uuid:conversation_id>/documents/<uuid:item_id>", documents.item, name="portal_item"),
]
