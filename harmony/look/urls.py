"""The components, for whoever builds pages. Not part of the site: only with DEBUG."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.components, name="look"),
    path("public/", views.public, name="look_public"),
]
