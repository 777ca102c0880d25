"""Where the installation keeps its things, and under which address it is reached."""

from __future__ import annotations

from pathlib import Path
from socket import gethostname

from comptoir.settings.database import database_from_url
from comptoir.settings.environment import env, host_of, own_address, port, web_address, yes_or_no
from comptoir.settings.secret import secret_key

ROOT = Path(__file__).resolve().parent.parent.parent

DATA = Path(env.str("COMPTOIR_DATA", default=str(ROOT / "var"))).resolve()
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
FILES = DATA / "files"
DATABASES = {"default": database_from_url(env.str("COMPTOIR_DATABASE_URL", default=""), data=DATA)}
VALKEY_URL: str = env.str("COMPTOIR_VALKEY_URL", default="")


# ── How it is reached ──
DEBUG = yes_or_no("COMPTOIR_DEBUG", default=False)
SECRET_KEY = secret_key(env.str("COMPTOIR_SECRET_KEY", default=""), data=DATA)
HOST: str = env.str("HOST", default="127.0.0.1")
PORT = port("PORT", default=8000)
IS_EVERYWHERE = HOST in {"", "0.0.0.0", "::"}  # noqa: S104 -- compared, not listened on
# The one address that links in mails are made from, whatever a request claims its host to be.
BASE_URL = web_address(
    "COMPTOIR_BASE_URL", default=own_address(gethostname() if IS_EVERYWHERE else HOST, PORT)
)
IS_HTTPS = BASE_URL.startswith("https://")
# Who listens on every address of the machine and names none is reached under names that nobody here can know.
ALLOWED_HOSTS: list[str] = env.list(
    "COMPTOIR_HOSTS",
    default=["*"]
    if IS_EVERYWHERE and not env.str("COMPTOIR_BASE_URL", default="")
    else ["localhost", "127.0.0.1", "[::1]", host_of(BASE_URL)],
)
CSRF_TRUSTED_ORIGINS = [BASE_URL]
# The demo office signs anybody in with a public password: never beside a real office.
DEMO = yes_or_no("COMPTOIR_DEMO", default=True)
