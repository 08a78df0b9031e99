"""Pages about pictures of young people."""

from django.urls import path

from .views import check, purposes, records

app_name = "consent"
urlpatterns = [
    path("", check.check, name="check"),
    path("permission/", records.records, name="records"),
    path("permission/<uuid:pk>/", records.record, name="record"),
    path("permission/<uuid:pk>/say/", records.say, name="say"),
    path("permission/<uuid:pk>/never/", records.flag, name="flag"),
    path("permission/<uuid:pk>/never/end/", records.unflag, name="unflag"),
    path("purposes/", purposes.purposes, name="purposes"),
    path("purposes/add/", purposes.add_purpose, name="add_purpose"),
    path("purposes/<uuid:pk>/words/", purposes.word_purpose, name="word_purpose"),
    path("purposes/<uuid:pk>/channel/", purposes.add_use, name="add_use"),
    path("purposes/<uuid:pk>/end/", purposes.end_purpose, name="end_purpose"),
]
