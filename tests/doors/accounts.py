"""The addresses of signing in, which are allauth's: what a signed-in member and a visitor get from a GET."""

from __future__ import annotations

from comptoir.core.ids import new_id

LOGIN = 302  # to the sign-in page, or away from it for whoever is signed in

# name → arguments, signed in, signed out
ACCOUNTS: dict[str, tuple[tuple[object, ...], int, int]] = {
    "account_login": ((), 302, 200),
    "account_logout": ((), 200, 302),
    "account_inactive": ((), 200, 200),
    "account_signup": ((), 302, 200),  # says that one joins by invitation
    "account_reauthenticate": ((), 200, 302),
    "account_email": ((), 404, 404),
    "account_email_verification_sent": ((), 404, 404),
    "account_confirm_email": (("key",), 404, 404),
    "account_change_password": ((), 200, 302),
    "account_set_password": ((), 302, 302),
    "account_reset_password": ((), 200, 200),
    "account_reset_password_done": ((), 200, 200),
    "account_reset_password_from_key": (("1", "secret"), 200, 200),
    "account_reset_password_from_key_done": ((), 200, 200),
    "account_request_login_code": ((), 302, 200),
    "account_confirm_login_code": ((), 302, 302),
    "mfa_index": ((), 200, 302),
    "mfa_authenticate": ((), 302, 302),
    "mfa_reauthenticate": ((), 302, 302),
    "mfa_activate_totp": ((), 302, 302),
    "mfa_deactivate_totp": ((), 404, 302),
    "mfa_view_recovery_codes": ((), 404, 302),
    "mfa_generate_recovery_codes": ((), 302, 302),
    "mfa_download_recovery_codes": ((), 404, 302),
    "mfa_list_webauthn": ((), 200, 302),
    "mfa_add_webauthn": ((), 302, 302),
    "mfa_remove_webauthn": ((1,), 302, 302),
    "mfa_edit_webauthn": ((1,), 302, 302),
    "mfa_reauthenticate_webauthn": ((), 302, 302),
    "mfa_login_webauthn": ((), 302, 302),
    "socialaccount_login_cancelled": ((), 404, 404),
    "socialaccount_login_error": ((), 404, 404),
    "socialaccount_signup": ((), 404, 404),
    "socialaccount_connections": ((), 404, 404),
    "openid_connect_login": (("oidc",), 404, 404),
    "openid_connect_callback": (("oidc",), 404, 404),
    "usersessions_list": ((), 200, 302),
}
# pattern → an address of it: shadowed, so that nobody reaches what allauth has there
CLOSED_ADDRESSES = [
    ("accounts/email/", "/accounts/email/"),
    ("accounts/confirm-email/", "/accounts/confirm-email/"),
    ("accounts/confirm-email/<path:rest>", "/accounts/confirm-email/x"),
    ("accounts/social/<path:rest>", f"/accounts/social/{new_id()}"),
    ("accounts/3rdparty/", "/accounts/3rdparty/"),
    ("accounts/3rdparty/<path:rest>", "/accounts/3rdparty/signup/"),
    ("accounts/oidc/<path:rest>", "/accounts/oidc/oidc/login/"),
]
