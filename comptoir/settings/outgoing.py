"""What our server asks others over the internet: where it may go besides, and whom it trusts."""

from __future__ import annotations

from comptoir.settings.environment import env

# Hosts in the operator's own network, which are no part of the internet: dialled all the same.
PRIVATE_HOSTS: list[str] = env.list("COMPTOIR_PRIVATE_HOSTS", default=[])
# Certificates of an authority of the operator's own, as a file in PEM, beside those of the system.
EXTRA_CA_FILE: str = env.str("COMPTOIR_CA_FILE", default="")
# Push services besides those of the browsers' makers, as host or host:port.
PUSH_HOSTS: list[str] = env.list("COMPTOIR_PUSH_HOSTS", default=[])
