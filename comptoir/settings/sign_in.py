"""Sign-in: allauth with a password, a code by e-mail, a passkey, a second factor, or another service's account."""

from __future__ import annotations

from comptoir.settings.environment import env, web_address
from comptoir.settings.place import IS_HTTPS

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["comptoir.people.sessions.Backend"]
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
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {
    "login": "100/m/ip",
    "login_failed": "20/m/ip,10/900s/key",
    "request_login_code": "20/m/ip,5/900s/key",
    "reset_password": "20/m/ip,5/900s/key",
    # Ours, by the same counting: codes that stand for a link in a mail, and fresh links. A key is an address or a link.
    "item_code": "20/m/ip,5/900s/key",
    "item_again": "20/m/ip,5/3600s/key",
}
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
OIDC_SERVER = web_address("COMPTOIR_OIDC_SERVER", default="")
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
                    "settings": {"server_url": OIDC_SERVER},
                }
            ],
        }
    }
    if OIDC_SERVER
    else {}
)
