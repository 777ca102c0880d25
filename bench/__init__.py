"""Measures the product beside a bare Django view and beside its peers; see docs/performance.md. Not shipped."""
