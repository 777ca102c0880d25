"""Every address of the product. A new one belongs into the door matrix of the tests as well."""

from __future__ import annotations

from django.urls import include, path

from comptoir.api.urls import api
from comptoir.live.views import live
from comptoir.ops.health import health
from comptoir.web import brand, demo, files, language, reports, search
from comptoir.web.desk import bulk, inbox
from comptoir.web.desk import new as desk_new
from comptoir.web.desk import thread as desk_thread
from comptoir.web.home import home
from comptoir.web.members import switch
from comptoir.web.portal import ask, communication
from comptoir.web.portal import new as portal_new
from comptoir.web.thread import changes, counters, verbs

handler400 = "comptoir.web.refusals.bad_request"
handler404 = "comptoir.web.refusals.not_found"
handler500 = "comptoir.ops.faults.server_error"

urlpatterns = [
    path("api/v1/", api.urls),
    path("", home, name="home"),
    path("healthz", health, name="health"),
    path("live", live, name="live"),
    path("csp-report", reports.csp_report, name="csp_report"),
    path("brand/<int:hue>-<int:chroma>.css", brand.colours, name="brand_colours"),
    path("brand/<uuid:office>-<slug:version>.png", brand.logo, name="brand_logo"),
    path("accounts/", include("comptoir.web.accounts")),
    path("demo/sign-in", demo.demo_sign_in, name="demo_sign_in"),
    path("language", language.set_language, name="language"),
    path("switch", switch, name="switch"),
    path("", include("comptoir.web.urls_people")),
    path("", include("comptoir.web.urls_notifications")),
    path("", include("comptoir.web.urls_correspondence")),
    path("", include("comptoir.web.urls_ledger")),
    path("", include("comptoir.web.urls_deadlines")),
    path("", include("comptoir.web.urls_campaigns")),
    path("", include("comptoir.web.urls_questions")),
    path("", include("comptoir.web.urls_question_rules")),
    path("", include("comptoir.web.urls_documents")),
    path("", include("comptoir.web.urls_phone")),
    # ── The client's portal ──
    path("communication/", communication.list_, name="portal_list"),
    path("communication/new", portal_new.new, name="portal_new"),
    path("communication/<uuid:conversation_id>/", communication.thread, name="portal_thread"),
    path("communication/<uuid:conversation_id>/questions/", ask.questions, name="portal_questions"),
    path(
        "communication/<uuid:conversation_id>/questions/<uuid:question_id>/",
        ask.question,
        name="portal_question",
    ),
    path(
        "communication/<uuid:conversation_id>/questions/<uuid:question_id>/pass-on",
        ask.pass_on,
        name="portal_pass_on",
    ),
    path(
        "communication/<uuid:conversation_id>/questions/<uuid:question_id>/remember",
        ask.remember,
        name="portal_remember",
    ),
    # ── The office's desk ──
    path("desk/", inbox.inbox, name="desk_inbox"),
    path("desk/new", desk_new.new, name="desk_new"),
    path("desk/bulk/handled", bulk.bulk_handled, name="bulk_handled"),
    path("desk/bulk/close", bulk.bulk_close, name="bulk_close"),
    path("desk/bulk/assign", bulk.bulk_assign, name="bulk_assign"),
    path("desk/c/<uuid:conversation_id>/", desk_thread.thread, name="desk_thread"),
    path("desk/c/<uuid:conversation_id>/assign", desk_thread.assign, name="desk_assign"),
    path("desk/c/<uuid:conversation_id>/notes", desk_thread.add_note, name="note_add"),
    path("desk/notes/<uuid:note_id>/edit", desk_thread.change_note, name="note_edit"),
    path("desk/notes/<uuid:note_id>/delete", desk_thread.remove_note, name="note_delete"),
    # ── A thread, from both sides ──
    path("c/<uuid:conversation_id>/messages", verbs.post, name="thread_post"),
    path("c/<uuid:conversation_id>/close", verbs.close, name="thread_close"),
    path("c/<uuid:conversation_id>/reopen", verbs.reopen, name="thread_reopen"),
    path("c/<uuid:conversation_id>/handled", verbs.handled, name="thread_handled"),
    path("c/<uuid:conversation_id>/seen", verbs.seen, name="thread_seen"),
    path("c/<uuid:conversation_id>/typing", verbs.typing, name="thread_typing"),
    path("c/<uuid:conversation_id>/changes", changes.changes, name="thread_changes"),
    path("c/<uuid:conversation_id>/older", changes.older, name="thread_older"),
    path("messages/<uuid:message_id>/edit", verbs.edit, name="message_edit"),
    path("messages/<uuid:message_id>/delete", verbs.delete, name="message_delete"),
    path("messages/<uuid:message_id>/text", verbs.raw, name="message_text"),
    path("messages/<uuid:message_id>/receipts", verbs.receipts, name="message_receipts"),
    path("counters", counters.counters_now, name="counters"),
    path("enter-sends", counters.enter_sends, name="enter_sends"),
    path("search", search.search, name="search"),
    path("files/", files.upload, name="upload"),
    path("files/<uuid:attachment_id>/", files.file, name="file"),
    path("files/<uuid:attachment_id>/preview", files.preview, name="file_preview"),
    path("files/<uuid:attachment_id>/card", files.card, name="file_card"),
    path("files/<uuid:attachment_id>/drop", files.drop, name="file_drop"),
]
