"""Every address of the system."""

from django.urls import include, path

urlpatterns = [
    path("", include("plans.urls")),
    path("", include("schedule.urls")),
    path("", include("offices.urls")),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler500 = "config.errors.server_error"
