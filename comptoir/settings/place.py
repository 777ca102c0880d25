"""Where the installation keeps its things, and under which address it is reached."""

from __future__ import annotations

from pathlib import Path

import environ

from comptoir.settings.database import database_from_url
from comptoir.settings.secret import secret_key

env = environ.Env()  # type: ignore[no-untyped-call]  # environ is half typed
ROOT = Path(__file__).resolve().parent.parent.parent

DATA = Path(env.str("COMPTOIR_DATA", default=str(ROOT / "var"))).resolve()
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
FILES = DATA / "files"
DATABASES = {"default": database_from_url(env.str("COMPTOIR_DATABASE_URL", default=""), data=DATA)}
VALKEY_URL: str = env.str("COMPTOIR_VALKEY_URL", default="")


# ── How it is reached ──
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
