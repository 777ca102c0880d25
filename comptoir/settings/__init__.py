"""Everything the operator may set, read from the environment once; docs/self-hosting.md lists it."""

from __future__ import annotations

from comptoir.core.http import static_headers
from comptoir.settings.browser import *
from comptoir.settings.environment import env
from comptoir.settings.mail import *
from comptoir.settings.mail_in import *
from comptoir.settings.outgoing import *
from comptoir.settings.place import *
from comptoir.settings.place import DATA, DEBUG, FILES, ROOT
from comptoir.settings.sign_in import *

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "comptoir.core",
    "comptoir.activity",
    "comptoir.people",
    "comptoir.files",
    "comptoir.conversations",
    "comptoir.ledger",
    "comptoir.questions",
    "comptoir.campaigns",
    "comptoir.live",
    "comptoir.notifications",
    "comptoir.correspondence",
    "comptoir.web",
    "comptoir.api",
    "comptoir.ops",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "comptoir.core.http.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "comptoir.web.session_limits.SessionLimits",
    "comptoir.web.language.ReadersLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "comptoir.web.members.CurrentMember",
    "comptoir.web.second_factor.SecondFactorFirst",
    "comptoir.web.refusals.Refusals",
]
ROOT_URLCONF = "comptoir.urls"
WSGI_APPLICATION = "comptoir.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "comptoir" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "comptoir.web.context.house",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "comptoir.web.templatetags.comptoir",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A virus scanner to ask about every upload: host:port or unix:path of clamd; empty = none.
CLAMD: str = env.str("COMPTOIR_CLAMD", default="")

# ── Limits, told before sending and tested ───────────────────────────────
ATTACHMENT_BYTES = 25 * 1024 * 1024
ATTACHMENTS_A_MESSAGE = 20
# Of one API token; 0 = no limit, for measuring.
API_REQUESTS_A_SECOND: float = env.float("COMPTOIR_API_RATE", default=30.0)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None

# ── Language, time ─────────────────────────────────────────────────
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("nl", "Nederlands"), ("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [ROOT / "comptoir" / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
USE_I18N = True

# ── Static files, cache, jobs, logs ──────────────────────────────────────
# The table verb -> what follows. It sits above the history, so it is named here rather than imported there.
REACTIONS = "comptoir.reactions.REACTIONS"

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "comptoir" / "static"]
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILES)},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "comptoir.core.static_files.HashedFiles"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ADD_HEADERS_FUNCTION = static_headers
# In the database, so that the limits on sign-in hold for all processes and survive a restart; nothing hot uses it.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}
JOBS_BEAT = 10.0  # seconds between a worker's signs of life, and its looks at the clock
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # Whoever scans the internet asks for hosts that are not ours, and is told so: nothing an operator can mend.
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}},
    "root": {"handlers": ["stderr"], "level": env.str("COMPTOIR_LOG_LEVEL", default="WARNING")},
}
