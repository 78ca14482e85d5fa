"""Verbs that touch several records of a roadmap: all or nothing."""
