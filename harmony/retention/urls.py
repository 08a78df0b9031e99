"""Pages about how long records are kept, and what becomes of those whose time is over."""

from django.urls import path

from . import views

app_name = "retention"
urlpatterns = [
    path("", views.schedule, name="schedule"),
    path("past/", views.past, name="past"),
    path("past/<uuid:pk>/", views.proposal, name="proposal"),
    path("past/<uuid:pk>/agree/", views.agree, name="agree"),
    path("past/<uuid:pk>/longer/", views.longer, name="longer"),
    path("hold/<slug:kind>/<uuid:pk>/", views.hold, name="hold"),
    path("holds/<uuid:pk>/lift/", views.lift, name="lift"),
]
