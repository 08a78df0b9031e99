"""The front page, help, and the pages about the organisation. Front page and help are open to strangers."""

from django.urls import path, re_path

from .views import channels, colours, components, front, health, help, organisation, week

app_name = "home"
urlpatterns = [
    path("", front.front, name="front"),
    path("start/", front.start, name="start"),
    re_path(r"^health/live/?$", health.live, name="live"),  # no machine that watches has to follow us anywhere
    re_path(r"^health/ready/?$", health.ready, name="ready"),
    path("running/", health.running, name="running"),
    path("week/", week.week, name="week"),
    path("help/", help.guide, name="help"),
    path("help/words/", help.words, name="words"),
    path("help/after/", help.after, name="after"),
    path("privacy/", help.privacy, name="privacy"),
    path("accessibility/", help.accessibility, name="accessibility"),
    path("running/test/", health.test_message, name="test_message"),
    path("running/messages/again/", health.send_all_again, name="send_all_again"),
    path("running/messages/<int:pk>/again/", health.send_again, name="send_again"),
    path("running/messages/<int:pk>/aside/", health.set_aside, name="set_aside"),
    path("organisation/", organisation.organisation, name="organisation"),
    path("organisation/colours/", colours.colours, name="colours"),
    path("components/", components.components, name="components"),
    re_path(r"^colours/(?P<main>[0-9a-f]{6})-(?P<dark>[0-9a-f]{6})\.css$", colours.stylesheet, name="stylesheet"),
    path("organisation/closures/", organisation.add_closure, name="add_closure"),
    path("organisation/closures/<uuid:pk>/remove/", organisation.remove_closure, name="remove_closure"),
    path("organisation/contacts/", organisation.contacts, name="contacts"),
    path("organisation/contacts/add/", organisation.add_contact, name="add_contact"),
    path("organisation/contacts/<uuid:pk>/", organisation.change_contact, name="change_contact"),
    path("organisation/contacts/<uuid:pk>/check/", organisation.check_contact, name="check_contact"),
    path("organisation/council/", organisation.council, name="council"),
    path("organisation/guidance/", organisation.guidance, name="guidance"),
    path("organisation/guidance/add/", organisation.add_guidance, name="add_guidance"),
    path("organisation/guidance/<uuid:pk>/", organisation.change_guidance, name="change_guidance"),
    path("organisation/guidance/<uuid:pk>/check/", organisation.check_guidance, name="check_guidance"),
    path("organisation/channels/", channels.channels, name="channels"),
    path("organisation/channels/add/", channels.add_channel, name="add_channel"),
    path("organisation/channels/<uuid:pk>/", channels.channel, name="channel"),
    path("organisation/channels/<uuid:pk>/change/", channels.change_channel, name="change_channel"),
    path("organisation/channels/<uuid:pk>/renew/", channels.renew_channel, name="renew_channel"),
    path("organisation/channels/<uuid:pk>/stop/", channels.stop_channel, name="stop_channel"),
    path("organisation/channels/<uuid:pk>/holders/", channels.add_holder, name="add_holder"),
    path("organisation/channels/<uuid:pk>/holders/<uuid:held>/", channels.end_holder, name="end_holder"),
    path("organisation/keys/", organisation.keys, name="keys"),
]
