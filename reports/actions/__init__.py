"""Verbs of papers that touch several records, or files."""
