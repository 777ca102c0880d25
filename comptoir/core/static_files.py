"""Static files under names made of their content, so that a browser keeps them for good and never mixes two releases."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Scripts import each other by those names as well."""

    support_js_module_import_aggregation = True
    # Each pass settles one more step of the chain in which modules import one another.
    max_post_process_passes = 20
