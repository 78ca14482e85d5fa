"""Verbs that touch several records of the directory, or their history."""
