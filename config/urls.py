"""Each app's prefix, in the order of the menu."""

from django.urls import include, path

from config import errors

urlpatterns = [
    path("", include("reminders.urls")),
    path("", include("portal.urls")),
    path("", include("reports.urls")),
    path("roadmaps/", include("roadmaps.urls")),
    path("directory/", include("directory.urls")),
    path("", include("kit.urls")),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
