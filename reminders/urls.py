"""Addresses of deadlines and reminders, the home page first."""

from django.urls import path

from reminders.views import agenda, bell, feed, letters, preferences

app_name = "reminders"

urlpatterns = [
    path("", agenda.Agenda.as_view(), name="agenda"),
    path("agenda/points/<int:pk>/", agenda.PointRow.as_view(), name="point-row"),
    path("agenda/points/<int:pk>/complete/", agenda.PointComplete.as_view(), name="point-complete"),
    path("agenda/points/<int:pk>/reopen/", agenda.PointReopen.as_view(), name="point-reopen"),
    path("reminders/", bell.ReminderList.as_view(), name="reminder-list"),
    path("reminders/read/", bell.ReminderReadAll.as_view(), name="reminder-read-all"),
    path("reminders/<int:pk>/read/", bell.ReminderRead.as_view(), name="reminder-read"),
    path("preferences/", preferences.PreferenceEdit.as_view(), name="preferences"),
    path("preferences/calendar/", preferences.CalendarRenew.as_view(), name="calendar-renew"),
    path("calendar/<str:token>.ics", feed.Feed.as_view(), name="feed"),
    path("letters/", letters.LetterList.as_view(), name="letter-list"),
    path("letters/<int:pk>/", letters.LetterDetail.as_view(), name="letter-detail"),
    path("letters/<int:pk>/resend/", letters.LetterResend.as_view(), name="letter-resend"),
]
