"""The nouns of the directory."""

from directory.models.accounts import Account, Appointment
from directory.models.calendars import CalendarDay
from directory.models.letterheads import Letterhead
from directory.models.organisations import FormerName, Municipality, Organisation
from directory.models.staff import Position, StaffMember, Subject

__all__ = [
    "Account",
    "Appointment",
    "CalendarDay",
    "FormerName",
    "Letterhead",
    "Municipality",
    "Organisation",
    "Position",
    "StaffMember",
    "Subject",
]
