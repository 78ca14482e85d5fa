"""The nouns of papers."""

from reports.models.bundles import Bundle, BundledOrder
from reports.models.orders import Clause, Order
from reports.models.registers import Register
from reports.models.wordings import Wording

__all__ = ["Bundle", "BundledOrder", "Clause", "Order", "Register", "Wording"]
