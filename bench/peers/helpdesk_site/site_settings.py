"""django-helpdesk as its documentation sets it up, without mail; run by the python of its own environment."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

DATA = Path(os.environ["HELPDESK_DATA"])
SECRET_KEY = "bench"  # noqa: S105 -- of a measurement
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.staticfiles",
    "django_cleanup.apps.CleanupConfig",
    "rest_framework",
    "helpdesk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "site_urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.static",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
where = urlsplit(os.environ.get("HELPDESK_DATABASE", ""))
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": where.path[1:],
        "HOST": where.hostname,
        "PORT": where.port,
        "USER": where.username,
        "CONN_MAX_AGE": None,
    }
    if where.hostname
    else {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "helpdesk.sqlite3",
        "CONN_MAX_AGE": None,
        # As durable as ours: what it acknowledged survives a power cut.
        "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", "timeout": 20},
    }
}
SITE_ID = 1
STATIC_URL = "/static/"
MEDIA_ROOT = DATA / "media"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
USE_TZ = True
HELPDESK_TEAMS_MODE_ENABLED = False
