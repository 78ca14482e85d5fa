"""The nouns of the directory."""

from directory.models.accounts import Account, Appointment
from directory.models.bulkedits import BulkEdit
from directory.models.calendars import CalendarDay
from directory.models.consents import Consent
from directory.models.departures import Dismissal
from directory.models.destructions import Destruction
from directory.models.emails import EmailChange
from directory.models.invitations import Invitation, PasswordReset
from directory.models.letterheads import Letterhead
from directory.models.listviews import SavedView
from directory.models.merges import Merge
from directory.models.organisations import FormerName, Municipality, Organisation
from directory.models.sessions import Session
from directory.models.sheets import SheetImport
from directory.models.staff import Position, StaffMember, Subject

__all__ = [
    "Account",
    "Appointment",
    "BulkEdit",
    "CalendarDay",
    "Consent",
    "Destruction",
    "Dismissal",
    "EmailChange",
    "FormerName",
    "Invitation",
    "Letterhead",
    "Merge",
    "Municipality",
    "Organisation",
    "PasswordReset",
    "Position",
    "SavedView",
    "Session",
    "SheetImport",
    "StaffMember",
    "Subject",
]
