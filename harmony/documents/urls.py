"""Pages about exported documents."""

from django.urls import path

from . import views

app_name = "documents"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("check/", views.check, name="check"),
    path("new/<slug:code>/<uuid:pk>/", views.ask, name="ask"),
    path("<uuid:pk>/", views.export, name="export"),
    path("<uuid:pk>/download/", views.download, name="download"),
    path("<uuid:pk>/delete/", views.delete, name="delete"),
]
