"""The product's settings, with addresses that the tests need: slow ones, large ones, broken ones."""

from comptoir.settings import *  # noqa: F403

ROOT_URLCONF = "tests.serving.urls_with_probes"
