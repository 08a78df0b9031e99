"""Pages about reports and cases."""

from django.urls import path

from . import steps
from .views import (
    cases,
    files,
    listing,
    looks,
    mine,
    numbers,
    opened,
    people,
    reporting,
    sharing,
    timing,
    unsent,
    working,
)

app_name = "incidents"
urlpatterns = [
    path("report/", reporting.begin, name="begin"),
    *(
        path(
            f"report/<uuid:pk>/{step.name.replace('_', '-')}/",
            reporting.answer,
            {"name": step.name},
            name=f"report_{step.name}",
        )
        for step in steps.STEPS
    ),
    path("report/<uuid:pk>/check/", reporting.check, name="report_check"),
    path("report/<uuid:pk>/send/", reporting.send, name="report_send"),
    path("report/<uuid:pk>/sent/", reporting.sent, name="report_sent"),
    path("report/<uuid:pk>/throw-away/", reporting.discard, name="report_discard"),
    path("unsent/<uuid:pk>/", unsent.unsent, name="unsent"),
    path("my-reports/", mine.my_reports, name="my_reports"),
    path("my-reports/<uuid:pk>/", mine.report, name="report"),
    path("my-reports/<uuid:pk>/look-again/", looks.look_again, name="look_again"),
    path("second-looks/<uuid:pk>/", looks.second_look, name="second_look"),
    path("my-actions/", mine.my_actions, name="my_actions"),
    path("my-actions/<uuid:pk>/", mine.my_action, name="my_action"),
    path("times/", numbers.times, name="times"),
    path("times/every-level/", numbers.change_whole, name="change_whole_times"),
    path("times/<str:level>/", numbers.change_times, name="change_times"),
    path("cases/", listing.cases, name="cases"),
    path("cases/<uuid:pk>/", cases.case, name="case"),
    path("cases/<uuid:pk>/chronology/", cases.chronology, name="chronology"),
    path("cases/<uuid:pk>/chronology/<uuid:entry>/", working.correct, name="correct"),
    path("cases/<uuid:pk>/actions/", cases.actions, name="actions"),
    path("cases/<uuid:pk>/actions/add/", working.give, name="give"),
    path("cases/<uuid:pk>/actions/<uuid:action>/finish/", working.finish, name="finish"),
    path("cases/<uuid:pk>/actions/<uuid:action>/not-needed/", working.waive, name="waive"),
    path("cases/<uuid:pk>/acknowledge/", working.acknowledge, name="acknowledge"),
    path("cases/<uuid:pk>/read/", working.read_additions, name="read_additions"),
    path("cases/<uuid:pk>/take-on/", working.take_on, name="take_on"),
    path("cases/<uuid:pk>/triage/", working.triage, name="triage"),
    path("cases/<uuid:pk>/kind/", timing.kind, name="kind"),
    path("cases/<uuid:pk>/level/", timing.level, name="level"),
    path("cases/<uuid:pk>/level/agree/", timing.agree, name="agree"),
    path("cases/<uuid:pk>/level/keep/", timing.keep_level, name="keep_level"),
    path("cases/<uuid:pk>/review/", timing.review, name="review"),
    path("cases/<uuid:pk>/tell/", timing.tell, name="tell"),
    path("cases/<uuid:pk>/close/", working.close, name="close"),
    path("cases/<uuid:pk>/reopen/", working.reopen, name="reopen"),
    path("cases/<uuid:pk>/people/", people.people, name="people"),
    path("cases/<uuid:pk>/people/add/", people.add_person, name="add_person"),
    path("cases/<uuid:pk>/people/<uuid:person>/", people.change_person, name="change_person"),
    path("cases/<uuid:pk>/files/", files.files, name="files"),
    path("cases/<uuid:pk>/sharing/", sharing.sharing, name="sharing"),
    path("cases/<uuid:pk>/sharing/<uuid:user>/stop/", sharing.unshare, name="unshare"),
    path("cases/<uuid:pk>/keep-out/", sharing.recuse, name="recuse"),
    path("cases/<uuid:pk>/step-aside/", sharing.step_aside, name="step_aside"),
    path("cases/<uuid:pk>/opened/", opened.access_log, name="access_log"),
    path("cases/<uuid:pk>/print/", opened.print_case, name="print_case"),
]
