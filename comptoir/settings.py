"""Everything the operator may set, read from the environment once; docs/self-hosting.md lists it."""

from __future__ import annotations

from pathlib import Path

import environ

from comptoir.core.http import static_headers
from comptoir.core.settings_database import database_from_url
from comptoir.core.settings_secret import secret_key

env = environ.Env()  # type: ignore[no-untyped-call]  # environ is half typed
ROOT = Path(__file__).resolve().parent.parent

# ── Where things are kept ────────────────────────────────────────────────
DATA = Path(env.str("COMPTOIR_DATA", default=str(ROOT / "var"))).resolve()
DATA.mkdir(parents=True, exist_ok=True)
FILES = DATA / "files"
DATABASES = {"default": database_from_url(env.str("COMPTOIR_DATABASE_URL", default=""), data=DATA)}
VALKEY_URL: str = env.str("COMPTOIR_VALKEY_URL", default="")

# ── How it is reached ────────────────────────────────────────────────────
DEBUG: bool = env.bool("COMPTOIR_DEBUG", default=False)
SECRET_KEY = secret_key(env.str("COMPTOIR_SECRET_KEY", default=""), data=DATA)
# The one address that links in mails are made from, whatever a request claims its host to be.
BASE_URL: str = env.str(
    "COMPTOIR_BASE_URL",
    default=f"http://{env.str('HOST', default='127.0.0.1')}:{env.int('PORT', default=8000)}",
).rstrip("/")
IS_HTTPS = BASE_URL.startswith("https://")
ALLOWED_HOSTS: list[str] = env.list(
    "COMPTOIR_HOSTS",
    default=[
        "localhost",
        "127.0.0.1",
        "[::1]",
        BASE_URL.split("//")[1].split("/", maxsplit=1)[0].rsplit(":", 1)[0],
    ],
)
CSRF_TRUSTED_ORIGINS = [BASE_URL]
# The demo office signs anybody in with a public password: never beside a real office.
DEMO: bool = env.bool("COMPTOIR_DEMO", default=True)

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
    "comptoir.live",
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
    "template_partials",
]
MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "comptoir.core.http.SecurityHeaders",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
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

# ── Sign-in ──────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# 19 MiB, two passes, one lane: twenty sign-ins at once must fit a small host (OWASP's second choice for Argon2id).
PASSWORD_HASHERS = [
    "comptoir.people.passwords.FrugalArgon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "comptoir.people.sign_in.Adapter"
SOCIALACCOUNT_ADAPTER = "comptoir.people.sign_in.SocialAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation proves the address; nobody signs up without one
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
MFA_TOTP_ISSUER = "Comptoir"
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = (
    True  # an OIDC provider that the operator configured is trusted for addresses
)
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": env.str("COMPTOIR_OIDC_NAME", default="OpenID Connect"),
                    "client_id": env.str("COMPTOIR_OIDC_CLIENT_ID", default=""),
                    "secret": env.str("COMPTOIR_OIDC_SECRET", default=""),
                    "settings": {"server_url": env.str("COMPTOIR_OIDC_SERVER")},
                }
            ],
        }
    }
    if env.str("COMPTOIR_OIDC_SERVER", default="")
    else {}
)

# ── Sessions and cookies ─────────────────────────────────────────────────
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
LANGUAGE_COOKIE_NAME = "language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_FAILURE_VIEW = "comptoir.web.refusals.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# ── What a browser may do with our pages ─────────────────────────────────
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("COMPTOIR_BEHIND_PROXY", default=False) else None
)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "frame-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "report-uri": ["/csp-report"],
    }
}

# ── Limits, told before sending and tested ───────────────────────────────
ATTACHMENT_BYTES = 25 * 1024 * 1024
ATTACHMENTS_A_MESSAGE = 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None

# ── Language, time, mail ─────────────────────────────────────────────────
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("nl", "Nederlands"), ("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [ROOT / "comptoir" / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
USE_I18N = True
EMAIL_CONFIG = env.email_url("COMPTOIR_EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL: str = env.str("COMPTOIR_FROM_EMAIL", default="Comptoir <comptoir@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

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
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ADD_HEADERS_FUNCTION = static_headers
# In the database, so that the limits on sign-in hold for all processes and survive a restart; nothing hot uses it.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("COMPTOIR_LOG_LEVEL", default="WARNING")},
}
