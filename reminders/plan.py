"""Pure plan: which duty is recalled to whom on which day."""
