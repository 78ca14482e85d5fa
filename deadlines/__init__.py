"""Pure time of the centre: deadline phrases, academic years, working days. Knows nothing of Django."""
