"""The sheets there are, by their kind."""

from directory.sheets.columns import Sheet
from directory.sheets.organisations import ORGANISATIONS
from directory.sheets.staff import STAFF

SHEETS: dict[str, Sheet] = {sheet.kind: sheet for sheet in (STAFF, ORGANISATIONS)}
