"""How passwords are kept: Argon2id within the memory of a small host."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class FrugalArgon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane: OWASP's second choice.

    Django's 100 MiB and eight lanes would take 2 GB for twenty sign-ins at once.
    """

    time_cost = 2
    memory_cost = 19_456  # KiB
    parallelism = 1
