"""Pages about people. `welcome` is open to whoever holds an invitation."""

from django.urls import path

from . import idle, welcome
from .views import accounts, close, groups, posts, rota, tables, young

app_name = "people"
urlpatterns = [
    path("welcome/<str:token>/", welcome.welcome, name="welcome"),
    path("session/", idle.session, name="session"),
    # who is here
    path("", accounts.people, name="people"),
    path("invite/", accounts.invite_person, name="invite"),
    path("<uuid:pk>/", accounts.person, name="person"),
    path("<uuid:pk>/details/", accounts.details, name="details"),
    path("<uuid:pk>/invite/", accounts.send_again, name="send_again"),
    path("<uuid:pk>/suspend/", accounts.suspend, name="suspend"),
    path("<uuid:pk>/restore/", accounts.restore, name="restore"),
    path("<uuid:pk>/leave/", accounts.leave, name="leave"),
    path("<uuid:pk>/come-back/", accounts.come_back, name="come_back"),
    path("<uuid:pk>/posts/", posts.appoint, name="appoint"),
    path("<uuid:pk>/posts/<uuid:held>/", posts.end_post, name="end_post"),
    path("<uuid:pk>/memberships/", posts.add_membership, name="add_membership"),
    path("<uuid:pk>/memberships/<uuid:held>/", posts.end_membership, name="end_membership"),
    # who answers
    path("rota/", rota.week, name="rota"),
    path("rota/add/", rota.add_slot, name="add_slot"),
    path("rota/<uuid:pk>/", rota.change_slot, name="change_slot"),
    path("rota/<uuid:pk>/remove/", rota.remove_slot, name="remove_slot"),
    path("away/", rota.away, name="away"),
    path("away/now/", rota.away_now, name="away_now"),
    path("<uuid:pk>/away/", rota.away_for, name="away_for"),
    path("<uuid:pk>/back/", rota.back, name="back"),
    # who is close to whom
    path("close/", close.close_to_me, name="close_to_me"),
    path("close/all/", close.declared, name="declared"),
    path("close/<uuid:pk>/end/", close.end_relationship, name="end_relationship"),
    path("close/<uuid:pk>/link/", close.link_relationship, name="link_relationship"),
    # young people, carers, groups
    path("young/", young.young_people, name="young_people"),
    path("young/from-a-sheet/", tables.import_young_people, name="import_young_people"),
    path("young/add/", young.add_young_person, name="add_young_person"),
    path("young/<uuid:pk>/", young.young_person, name="young_person"),
    path("young/<uuid:pk>/change/", young.change_young_person, name="change_young_person"),
    path("young/<uuid:pk>/leave/", young.young_person_leaves, name="young_person_leaves"),
    path("young/<uuid:pk>/come-back/", young.young_person_comes_back, name="young_person_comes_back"),
    path("young/<uuid:pk>/carers/add/", young.add_carer, name="add_carer"),
    path("young/<uuid:pk>/carers/link/", young.link_carer, name="link_carer"),
    path("young/<uuid:pk>/carers/<uuid:care>/", young.change_carer, name="change_carer"),
    path("young/<uuid:pk>/carers/<uuid:care>/remove/", young.unlink_carer, name="unlink_carer"),
    path("young/groups/", groups.groups, name="groups"),
    path("young/groups/add/", groups.add_group, name="add_group"),
    path("young/groups/<uuid:pk>/", groups.group, name="group"),
    path("young/groups/<uuid:pk>/change/", groups.change_group, name="change_group"),
    path("young/groups/<uuid:pk>/end/", groups.finish_group, name="finish_group"),
    path("young/groups/<uuid:pk>/members/", groups.add_member, name="add_member"),
    path("young/groups/<uuid:pk>/members/<uuid:held>/", groups.end_member, name="end_member"),
    path("young/groups/<uuid:pk>/workers/", groups.add_worker, name="add_worker"),
    path("young/groups/<uuid:pk>/workers/<uuid:held>/", groups.end_worker, name="end_worker"),
]
