"""The nouns of the directory."""

from directory.models.accounts import Account, Appointment
from directory.models.calendars import CalendarDay
from directory.models.letterheads import Letterhead
from directory.models.organisations import Municipality, Organisation
from directory.models.staff import Position, StaffMember

__all__ = [
    "Account",
    "Appointment",
    "CalendarDay",
    "Letterhead",
    "Municipality",
    "Organisation",
    "Position",
    "StaffMember",
]
