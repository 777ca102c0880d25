"""The addresses of campaigns at the desk: the board, what is done on it, and what is asked."""

from __future__ import annotations

from django.urls import path

from comptoir.web.desk import board, calls, campaign, request

urlpatterns = [
    path("desk/board/", board.board, name="board"),
    path("desk/board/dossiers.csv", board.board_csv, name="board_csv"),
    path("desk/campaigns/new", campaign.campaign_new, name="campaign_new"),
    path("desk/campaigns/<uuid:campaign_id>/", campaign.campaign, name="campaign"),
    path("desk/campaigns/<uuid:campaign_id>/open", campaign.campaign_open, name="campaign_open"),
    path("desk/campaigns/<uuid:campaign_id>/calls", calls.call_list, name="call_list"),
    path("desk/requests/<uuid:request_id>/", request.request_page, name="request"),
]
