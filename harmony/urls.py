"""The site map."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("harmony.people.account_pages")),
    path("people/", include("harmony.people.urls")),
    path("documents/", include("harmony.documents.urls")),
    path("inbox/", include("harmony.notifications.urls")),
    path("pictures/", include("consent.urls")),
    path("", include("incidents.speak.urls")),
    path("policies/", include("policies.urls")),
    path("platforms/", include("platforms.urls")),
    path("kept/", include("harmony.retention.urls")),
    path("training/", include("training.urls")),
    path("", include("incidents.urls")),
    path("", include("harmony.home.urls")),
]

handler400 = "harmony.look.errors.bad_request"
handler403 = "harmony.look.errors.forbidden"
handler404 = "harmony.look.errors.not_found"
handler500 = "harmony.look.errors.server_error"
