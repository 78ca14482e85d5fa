"""Addresses of the directory."""

from django.urls import path

from directory.views import accounts, calendars, letterheads, lists, listviews, merges, organisations, positions, profile, staff

app_name = "directory"

urlpatterns = [
    path("signin/", accounts.SignIn.as_view(), name="signin"),
    path("signout/", accounts.SignOut.as_view(), name="signout"),
    path("password/", accounts.PasswordChange.as_view(), name="password"),
    path("profile/", profile.Profile.as_view(), name="profile"),
    path("appointments/<int:pk>/take-up/", accounts.AppointmentTakeUp.as_view(), name="appointment-take-up"),
    path("organisations/", lists.OrganisationList.as_view(), name="organisation-list"),
    path("organisations/add/", organisations.OrganisationAdd.as_view(), name="organisation-add"),
    path("organisations/<int:pk>/", organisations.OrganisationDetail.as_view(), name="organisation-detail"),
    path("organisations/<int:pk>/edit/", organisations.OrganisationEdit.as_view(), name="organisation-edit"),
    path(
        "organisations/<int:pk>/contacts/", organisations.OrganisationContacts.as_view(), name="organisation-contacts"
    ),
    path("organisations/<int:pk>/rename/", organisations.OrganisationRename.as_view(), name="organisation-rename"),
    path("organisations/<int:pk>/close/", organisations.OrganisationClose.as_view(), name="organisation-close"),
    path("organisations/<int:pk>/reopen/", organisations.OrganisationReopen.as_view(), name="organisation-reopen"),
    path("organisations/<int:pk>/history/", organisations.OrganisationHistory.as_view(), name="organisation-history"),
    path("organisations/<int:pk>/shift/", organisations.OrganisationShift.as_view(), name="organisation-shift"),
    path("organisations/<int:pk>/letterhead/", letterheads.LetterheadEdit.as_view(), name="letterhead-edit"),
    path("letterheads/<int:pk>/history/", letterheads.LetterheadHistory.as_view(), name="letterhead-history"),
    path("staff/", lists.StaffList.as_view(), name="staff-list"),
    path("staff/add/", staff.StaffAdd.as_view(), name="staff-add"),
    path("staff/<int:pk>/", staff.StaffDetail.as_view(), name="staff-detail"),
    path("staff/<int:pk>/edit/", staff.StaffEdit.as_view(), name="staff-edit"),
    path("staff/<int:pk>/history/", staff.StaffHistory.as_view(), name="staff-history"),
    path("staff/<int:pk>/dismiss/", positions.StaffDismiss.as_view(), name="staff-dismiss"),
    path("staff/<int:pk>/positions/add/", positions.PositionAdd.as_view(), name="position-add"),
    path("staff/<int:pk>/merge/", merges.StaffMerge.as_view(), name="staff-merge"),
    path("staff/<int:pk>/merge/<int:other>/", merges.StaffMergeWith.as_view(), name="staff-merge-with"),
    path("merges/<int:pk>/undo/", merges.MergeUndo.as_view(), name="merge-undo"),
    path("positions/<int:pk>/edit/", positions.PositionEdit.as_view(), name="position-edit"),
    path("dismissals/<int:pk>/withdraw/", positions.DismissalWithdraw.as_view(), name="dismissal-withdraw"),
    path("views/", listviews.ViewList.as_view(), name="view-list"),
    path("views/add/", listviews.ViewAdd.as_view(), name="view-add"),
    path("views/<int:pk>/open-first/", listviews.ViewOpenFirst.as_view(), name="view-open-first"),
    path("views/<int:pk>/remove/", listviews.ViewRemove.as_view(), name="view-remove"),
    path("calendar/", calendars.Calendar.as_view(), name="calendar"),
    path("calendar/<int:year>/", calendars.CalendarYear.as_view(), name="calendar-year"),
    path("calendar/days/add/", calendars.CalendarDayAdd.as_view(), name="calendar-day-add"),
    path("calendar/days/<int:pk>/edit/", calendars.CalendarDayEdit.as_view(), name="calendar-day-edit"),
    path("calendar/days/<int:pk>/remove/", calendars.CalendarDayRemove.as_view(), name="calendar-day-remove"),
    path(
        "calendar/changes/<int:pk>/take-back/",
        calendars.CalendarChangeTakeBack.as_view(),
        name="calendar-change-take-back",
    ),
    path("calendar/load/", calendars.CalendarLoad.as_view(), name="calendar-load"),
    path("calendar/load/confirm/", calendars.CalendarLoadConfirm.as_view(), name="calendar-load-confirm"),
    path("calendar/download/", calendars.CalendarDownload.as_view(), name="calendar-download"),
]
