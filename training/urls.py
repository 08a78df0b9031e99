"""Pages about who has learned what."""

from django.urls import path

from .views import briefings, checking, courses, coverage, evidence, lists, owed, people, supervision

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
    path("due/<uuid:pk>/", owed.owed, name="owed"),
    path("to-check/", checking.to_check, name="to_check"),
    path("done/<uuid:pk>/check/", checking.verify, name="verify"),
    path("done/<uuid:pk>/strike-out/", checking.strike_out, name="strike_out"),
    path("done/<uuid:pk>/file/", evidence.add_evidence, name="add_evidence"),
    path("files/<uuid:pk>/", evidence.evidence, name="evidence"),
    path("files/<uuid:pk>/lock/", evidence.lock_evidence, name="lock_evidence"),
    path("sessions/add/", lists.hold_session, name="hold_session"),
    path("sessions/<uuid:pk>/check/", lists.verify_session, name="verify_session"),
    path("bring-in/", lists.bring_in, name="bring_in"),
    path("read/<uuid:pk>/", briefings.briefing, name="briefing"),
    path("courses/<uuid:pk>/text/", briefings.write_briefing, name="write_briefing"),
    path("supervision/", supervision.supervisions, name="supervisions"),
    path("supervision/mine/", supervision.my_supervision, name="my_supervision"),
    path("supervision/of/<uuid:pk>/", supervision.supervise, name="supervise"),
    path("supervision/how-often/", supervision.add_rhythm, name="add_rhythm"),
    path("supervision/how-often/<uuid:pk>/end/", supervision.end_rhythm, name="end_rhythm"),
    path("courses/", courses.courses, name="courses"),
    path("courses/add/", courses.add_course, name="add_course"),
    path("courses/<uuid:pk>/change/", courses.change_course, name="change_course"),
    path("courses/<uuid:pk>/end/", courses.end_course, name="end_course"),
    path("courses/<uuid:pk>/who/", courses.require, name="require"),
    path("courses/<uuid:pk>/who/<uuid:held>/end/", courses.end_requirement, name="end_requirement"),
    path("courses/<uuid:pk>/counts/", courses.count_for, name="count_for"),
    path("courses/<uuid:pk>/counts/<uuid:held>/end/", courses.end_equivalent, name="end_equivalent"),
]
