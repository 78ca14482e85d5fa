"""Verbs of reminding: a round writes the letters, the outbox sends them, a sweep does whatever of both is due."""
