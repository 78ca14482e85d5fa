"""Measures the portal beside bare pages that it builds and serves itself, all in one run."""
