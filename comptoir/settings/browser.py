"""What a browser keeps of us, and what it may do with our pages."""

from __future__ import annotations

from comptoir.settings.environment import origin_of, yes_or_no
from comptoir.settings.place import IS_HTTPS
from comptoir.settings.sign_in import OIDC_SERVER

SESSION_ENGINE = "comptoir.people.sessions"
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
ITEM_COOKIE_NAME = "__Host-item" if IS_HTTPS else "item"  # by which the link of a mail knows its browser
LANGUAGE_COOKIE_NAME = "language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 24 * 3600  # web/session_limits.py ends it earlier
CSRF_FAILURE_VIEW = "comptoir.web.refusals.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# ── What a browser may do with our pages ─────────────────────────────────
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
IS_BEHIND_PROXY = yes_or_no("COMPTOIR_BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_BEHIND_PROXY else None
# Without this every visitor would share the proxy's address, and so its limits.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if IS_BEHIND_PROXY else 0
# A form that is answered with a redirect to a provider's sign-in page is sent there, too.
FORMS_GO_TO = " ".join(["'self'", *([origin_of(OIDC_SERVER)] if OIDC_SERVER else [])])
# One for all pages, with no nonce in it: so it is a text that is made once.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' blob: data:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "manifest-src 'self'; "
    "worker-src 'self'; "
    "frame-src 'self'; "
    f"form-action {FORMS_GO_TO}; "
    "base-uri 'none'; "
    "frame-ancestors 'none'; "
    "report-uri /csp-report"
)
