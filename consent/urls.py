"""Pages about pictures of young people."""

from django.urls import path

from .views import campaigns, check, covered, family, links, pictures, purposes, records, tables

app_name = "consent"
urlpatterns = [
    path("", check.check, name="check"),
    path("sheet/<uuid:pk>/", check.event_sheet, name="event_sheet"),
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/begin/", campaigns.begin_campaign, name="begin_campaign"),
    path("campaigns/<uuid:pk>/", campaigns.campaign, name="campaign"),
    path("campaigns/<uuid:pk>/end/", campaigns.end_campaign, name="end_campaign"),
    path("coverage/", covered.covered, name="coverage"),
    path("permission/", records.records, name="records"),
    path("permission/from-a-sheet/", tables.import_permission, name="import_permission"),
    path("permission/to-a-sheet/", tables.export_permission, name="export_permission"),
    path("permission/<uuid:pk>/", records.record, name="record"),
    path("permission/<uuid:pk>/say/", records.say, name="say"),
    path("permission/<uuid:pk>/never/", records.flag, name="flag"),
    path("permission/<uuid:pk>/never/end/", records.unflag, name="unflag"),
    path("permission/<uuid:pk>/link/", links.make_link, name="make_link"),
    path("permission/link/<uuid:pk>/end/", links.end_link, name="end_link"),
    path("yours/<str:token>/", family.family, name="family"),
    path("yours/<str:token>/sign/", family.sign, name="sign"),
    path("register/", pictures.images, name="images"),
    path("register/add/", pictures.add_image, name="add_image"),
    path("register/<uuid:pk>/", pictures.image, name="image"),
    path("register/<uuid:pk>/who/", pictures.who, name="who"),
    path("register/<uuid:pk>/publish/", pictures.publish, name="publish"),
    path("register/<uuid:pk>/found/", pictures.found, name="found"),
    path("take-down/", pictures.take_downs, name="take_downs"),
    path("take-down/<uuid:pk>/", pictures.take_down, name="take_down"),
    path("take-down/<uuid:pk>/give/", pictures.give, name="give"),
    path("purposes/", purposes.purposes, name="purposes"),
    path("purposes/add/", purposes.add_purpose, name="add_purpose"),
    path("purposes/<uuid:pk>/words/", purposes.word_purpose, name="word_purpose"),
    path("purposes/<uuid:pk>/channel/", purposes.add_use, name="add_use"),
    path("purposes/<uuid:pk>/end/", purposes.end_purpose, name="end_purpose"),
]
