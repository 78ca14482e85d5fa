"""Addresses of the directory."""

from django.urls import path

from directory.views import accounts, calendars, letterheads, organisations, profile, staff

app_name = "directory"

urlpatterns = [
    path("signin/", accounts.SignIn.as_view(), name="signin"),
    path("signout/", accounts.SignOut.as_view(), name="signout"),
    path("password/", accounts.PasswordChange.as_view(), name="password"),
    path("profile/", profile.Profile.as_view(), name="profile"),
    path("appointments/<int:pk>/take-up/", accounts.AppointmentTakeUp.as_view(), name="appointment-take-up"),
    path("organisations/", organisations.OrganisationList.as_view(), name="organisation-list"),
    path("organisations/<int:pk>/", organisations.OrganisationDetail.as_view(), name="organisation-detail"),
    path("organisations/<int:pk>/shift/", organisations.OrganisationShift.as_view(), name="organisation-shift"),
    path("organisations/<int:pk>/letterhead/", letterheads.LetterheadEdit.as_view(), name="letterhead-edit"),
    path("letterheads/<int:pk>/history/", letterheads.LetterheadHistory.as_view(), name="letterhead-history"),
    path("staff/", staff.StaffList.as_view(), name="staff-list"),
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
