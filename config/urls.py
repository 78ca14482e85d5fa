"""Each app's prefix in the order of the menu; apps without one stand last, so that the others are found at once."""

from django.urls import include, path

from config import errors

urlpatterns = [
    path("roadmaps/", include("roadmaps.urls")),
    path("directory/", include("directory.urls")),
    path("", include("reminders.urls")),
    path("", include("portal.urls")),
    path("", include("reports.urls")),
    path("", include("kit.urls")),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
