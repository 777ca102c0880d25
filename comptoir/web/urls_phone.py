"""The addresses of the installed portal: what installs it, what wakes it, and where it opens."""

from __future__ import annotations

from django.urls import path

from comptoir.web.phone import devices, icons, installing, manifest, sharing, worker

urlpatterns = [
    path("brand/<uuid:office_id>/<slug:language>.webmanifest", manifest.app_manifest, name="app_manifest"),
    path("brand/<int:hue>-<int:chroma>/<slug:shape>-<int:size>.png", icons.app_icon, name="app_icon"),
    path("worker.js", worker.worker, name="worker"),
    path("offline/<slug:language>", worker.offline, name="offline"),
    path("new", sharing.new, name="new"),
    path("share", sharing.share, name="share"),
    path("profile/install", installing.install, name="install"),
    path("profile/install/dismiss", installing.install_dismiss, name="install_dismiss"),
    path("profile/devices", devices.push_allow, name="push_allow"),
    path("profile/devices/renew", devices.push_renew, name="push_renew"),
    path("profile/devices/<uuid:device_id>/revoke", devices.push_revoke, name="push_revoke"),
]
