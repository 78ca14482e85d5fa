"""Addresses of the directory."""

from django.urls import path

from directory.views import accounts, organisations, profile, staff

app_name = "directory"

urlpatterns = [
    path("signin/", accounts.SignIn.as_view(), name="signin"),
    path("signout/", accounts.SignOut.as_view(), name="signout"),
    path("password/", accounts.PasswordChange.as_view(), name="password"),
    path("profile/", profile.Profile.as_view(), name="profile"),
    path("appointments/<int:pk>/take-up/", accounts.AppointmentTakeUp.as_view(), name="appointment-take-up"),
    path("organisations/", organisations.OrganisationList.as_view(), name="organisation-list"),
    path("organisations/<int:pk>/", organisations.OrganisationDetail.as_view(), name="organisation-detail"),
    path("staff/", staff.StaffList.as_view(), name="staff-list"),
]
