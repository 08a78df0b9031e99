"""Pages about messages."""

from django.urls import path

from . import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<uuid:pk>/read/", views.read, name="read"),
    path("read/", views.read_all, name="read_all"),
    path("quiet-hours/", views.quiet, name="quiet"),
    path("not-sent/", views.unsent, name="unsent"),
]
