"""What the house's commands are started with."""

from tests.processes import _laid_tables, alone, laid_stores, port, start, stores

__all__ = ["_laid_tables", "alone", "laid_stores", "port", "start", "stores"]
