"""The product's settings, with three addresses more, and no limit on how often a token may ask."""

from comptoir.settings import *  # noqa: F403 -- it is the product that is measured

ROOT_URLCONF = "bench.site.urls"
DEMO = False
# High rather than none, so that counting requests is part of what is measured.
API_REQUESTS_A_SECOND = 1_000_000
