"""Pages about who has learned what."""

from django.urls import path

from .views import courses, coverage, people

app_name = "training"
urlpatterns = [
    path("", people.mine, name="mine"),
    path("record/", people.record_mine, name="record_mine"),
    path("people/", coverage.matrix, name="matrix"),
    path("topics/", coverage.topics, name="topics"),
    path("people/<uuid:pk>/", people.person, name="person"),
    path("people/<uuid:pk>/record/", people.record, name="record"),
    path("people/<uuid:pk>/excuse/", people.excuse, name="excuse"),
    path("people/<uuid:pk>/excuse/<uuid:held>/end/", people.end_exemption, name="end_exemption"),
    path("to-check/", people.to_check, name="to_check"),
    path("done/<uuid:pk>/check/", people.verify, name="verify"),
    path("done/<uuid:pk>/strike-out/", people.strike_out, name="strike_out"),
    path("courses/", courses.courses, name="courses"),
    path("courses/add/", courses.add_course, name="add_course"),
    path("courses/<uuid:pk>/change/", courses.change_course, name="change_course"),
    path("courses/<uuid:pk>/end/", courses.end_course, name="end_course"),
    path("courses/<uuid:pk>/who/", courses.require, name="require"),
    path("courses/<uuid:pk>/who/<uuid:held>/end/", courses.end_requirement, name="end_requirement"),
    path("courses/<uuid:pk>/counts/", courses.count_for, name="count_for"),
    path("courses/<uuid:pk>/counts/<uuid:held>/end/", courses.end_equivalent, name="end_equivalent"),
]
