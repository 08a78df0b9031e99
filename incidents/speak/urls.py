"""Pages of Speak, all of them under the address at which nobody is known (harmony/look/strangers.py)."""

from django.urls import path

from . import views

app_name = "speak"
urlpatterns = [
    path("safe/tell/<slug:who>/", views.tell, name="tell"),
    path("safe/answer/", views.answer, name="answer"),
]
