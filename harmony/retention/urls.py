"""Pages about how long records are kept."""

from django.urls import path

from . import views

app_name = "retention"
urlpatterns = [path("", views.schedule, name="schedule")]
