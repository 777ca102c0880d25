"""The addresses of being told: one's wishes, the office's rules, and what did not arrive."""

from __future__ import annotations

from django.urls import path

from comptoir.web import open as open_door
from comptoir.web import telling
from comptoir.web.desk import settings_deliveries
from comptoir.web.mail_events import mail_events

urlpatterns = [
    path("mail-events", mail_events, name="mail_events"),
    path("profile/notifications", telling.telling, name="telling"),
    path("profile/notifications/<uuid:member_id>", telling.telling_save, name="telling_save"),
    path("profile/notifications/<uuid:member_id>/addresses", telling.telling_revoke, name="telling_revoke"),
    path("open", open_door.open_link, name="open"),
    path("open/code", open_door.open_by_code, name="open_by_code"),
    path("open/again", open_door.open_again, name="open_again"),
    path("open/over", open_door.open_over, name="open_over"),
    path("unsubscribe/<str:token>", telling.unsubscribe, name="unsubscribe"),
    path("desk/settings/telling", settings_deliveries.settings_telling, name="settings_telling"),
    path("desk/settings/deliveries", settings_deliveries.settings_deliveries, name="settings_deliveries"),
    path("desk/settings/deliveries/drop", settings_deliveries.deliveries_drop, name="deliveries_drop"),
    path(
        "desk/settings/deliveries/<uuid:delivery_id>/drop",
        settings_deliveries.delivery_drop,
        name="delivery_drop",
    ),
    path("desk/settings/deliveries/retry", settings_deliveries.deliveries_retry, name="deliveries_retry"),
    path(
        "desk/settings/deliveries/<uuid:delivery_id>/retry",
        settings_deliveries.delivery_retry,
        name="delivery_retry",
    ),
    path(
        "desk/members/<uuid:member_id>/addresses",
        settings_deliveries.addresses_revoke,
        name="addresses_revoke",
    ),
    path("desk/members/<uuid:member_id>/trust", settings_deliveries.address_trust, name="address_trust"),
]
