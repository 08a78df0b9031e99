"""The pages: one's own training and everybody's, what is checked by a second person, and what there is to learn."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from harmony.audit.transitions import Refused
from harmony.people.models import Group, GroupWorker
from training.models import Completion, Course

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"training:{name}", args=args)


def boxes(name, day):
    return {f"{name}_{part}": getattr(day, part) for part in ("day", "month", "year")}


def test_somebody_says_what_they_did_and_a_second_person_checks_it(client, sam, maria, amara, course):
    annual = course()
    client.force_login(sam)
    shown = client.get(page("mine")).content.decode()
    assert "0 of 1 needed courses are covered. 1 is missing." in shown and "Next: Course SG-ANN" in shown
    told = {"course": annual.pk, "shown": "Certificate 4711"} | boxes("completed_on", localdate())
    assert client.post(page("record_mine"), told).status_code == 302
    assert "To be checked" in client.get(page("mine")).content.decode()
    assert "written down already" in client.post(page("record_mine"), told).content.decode()
    one = Completion.objects.get()
    assert client.post(page("verify", one.pk)).status_code == 403
    client.force_login(maria)
    assert "Certificate 4711" in client.get(page("to_check")).content.decode()
    assert client.post(page("verify", one.pk)).status_code == 302
    client.force_login(sam)
    assert "1 of 1 needed courses are covered." in client.get(page("mine")).content.decode()
    assert client.get(page("strike_out", one.pk)).status_code == 403  # not any more
    client.force_login(amara)
    client.post(page("strike_out", one.pk), {"why": "It was somebody else’s."})
    one.refresh_from_db()
    assert one.status == "struck"


def test_nobody_checks_what_they_wrote_down_themselves(client, sam, maria, course, done):
    one = done(sam, course(), checked=False)
    client.force_login(maria)
    assert client.post(page("verify", one.pk)).status_code == 403
    assert "Not yours to check" in client.get(page("to_check")).content.decode()


def test_a_day_to_come_has_not_been_done_yet(sam, course):
    with pytest.raises(Refused, match="not come yet"):
        Completion.of(sam, course(), localdate() + timedelta(days=1)).record("A ticket", by=sam)


def test_the_matrix_puts_gaps_first_and_looks_at_any_day(client, amara, sam, leah, sol, course, done):
    annual, prevent = course(), course("PREV", months=24)
    for user in (amara, sam, leah):
        done(user, annual, 10)
    for user in (amara, sam):
        done(user, prevent, 10)
    group = Group()
    group.add("Makers", "", by=sol)
    GroupWorker(group=group, user=sam).join(localdate(), by=sol)
    client.force_login(amara)
    shown = client.get(page("matrix")).content.decode()
    # Sol lacks both, Leah one; nobody has written down anything for Maria, who checked nothing here
    assert "people have gaps" in shown and "Gap: Course PREV, Course SG-ANN" in shown
    order = [shown.index(f"<strong>{name}</strong>") for name in ("Sol Reyes", "Leah Osei", "Sam")]
    assert order == sorted(order)
    assert shown.index("Course PREV") < shown.index("Course SG-ANN")  # most lack it
    only = client.get(page("matrix"), {"group": group.pk}).content.decode()
    assert "Makers: Training: nobody has a gap" in only and "Leah" not in only
    later = client.get(page("matrix"), boxes("day", localdate() + timedelta(days=800))).content.decode()
    assert "if nobody does anything till then" in later and "Run out" in later
    before = boxes("day", localdate() - timedelta(days=5))
    assert "as we knew it then" in client.get(page("matrix"), before).content.decode()
    hindsight = client.get(page("matrix"), before | {"known": "now"}).content.decode()
    assert "as we know it now" in hindsight and "Valid" in hindsight
    wrong = client.get(page("matrix"), {"day_day": "31", "day_month": "2", "day_year": "2026"})
    assert "There is no such day." in wrong.content.decode()


def test_a_topic_names_who_is_missing_to_those_who_may_know(client, amara, sam, gwen, course, done):
    annual = course(topics=["sexting"])
    done(amara, annual, 10)
    done(gwen, annual, 10)
    client.force_login(amara)
    shown = client.get(page("topics")).content.decode()
    assert "Sexting: 2 of 5 covered" in shown and "Missing: Maria Training, Sam, Sol Reyes" in shown
    client.force_login(gwen)
    shown = client.get(page("topics")).content.decode()
    assert "Sexting: 2 of 5 covered" in shown and "Missing: 3" in shown and "Sam" not in shown
    assert client.get(page("matrix")).status_code == 404


def test_a_course_is_added_asked_of_people_changed_and_ended(client, maria, sam):
    client.force_login(maria)
    told = {
        "title": "Prevent",
        "code": "prev",
        "about": "An hour",
        "topics": ["sexting"],
        "months": "24",
        "renewal_days": "60",
    }
    assert client.post(page("add_course"), told).status_code == 302
    prevent = Course.objects.get(code="PREV")
    assert "Another course has this short name." in client.post(page("add_course"), told).content.decode()
    assert (
        "Say which." in client.post(page("require", prevent.pk), {"whom": "post", "within_days": "9"}).content.decode()
    )
    client.post(page("require", prevent.pk), {"whom": "membership", "membership": "staff", "within_days": "0"})
    told |= boxes("starts_on", localdate() + timedelta(days=3)) | {"again_days": "30"}
    client.post(page("change_course", prevent.pk), told)
    shown = client.get(page("courses")).content.decode()
    assert "before they begin" in shown and "Version 1. Version 2 from" in shown
    other = Course()
    other.add("OTHER", "Another", by=maria)
    client.post(page("count_for", prevent.pk), {"done": other.pk})
    counts, asked = prevent.equivalents.get(), prevent.requirements.get()
    client.post(page("end_equivalent", prevent.pk, counts.pk), boxes("last_day", localdate()))
    client.post(page("end_requirement", prevent.pk, asked.pk), boxes("last_day", localdate() + timedelta(days=1)))
    assert not prevent.equivalents.standing(localdate() + timedelta(days=1)).exists()
    assert not prevent.requirements.standing(localdate() + timedelta(days=2)).exists()
    client.post(page("end_course", prevent.pk))
    assert "No longer taught" in client.get(page("courses")).content.decode()


def test_somebody_is_excused_until_a_day_and_nobody_excuses_themselves(client, maria, sam, course):
    annual = course()
    client.force_login(maria)
    until = boxes("last_day", localdate() + timedelta(days=30))
    told = {"course": annual.pk, "because": "Here for one event."}
    assert client.post(page("excuse", maria.pk), told | until).status_code == 403
    far = boxes("last_day", localdate() + timedelta(days=400))
    assert "A year is the longest." in client.post(page("excuse", sam.pk), told | far).content.decode()
    assert client.post(page("excuse", sam.pk), told | until).status_code == 302
    shown = client.get(page("person", sam.pk)).content.decode()
    assert "Excused to" in shown and "Here for one event." in shown
    client.post(page("end_exemption", sam.pk, sam.exemptions.get().pk), {"why": "They stay."})
    assert sam.exemptions.get().last_day == localdate()


def test_a_page_takes_as_many_queries_for_many_people_as_for_few(
    client, amara, person, course, done, django_assert_max_num_queries
):
    annual = course()
    client.force_login(amara)
    client.get(page("matrix"))
    with django_assert_max_num_queries(40) as few:
        client.get(page("matrix"))
    for number in range(12):
        done(person(f"Worker {number}"), annual, number)
    client.get(page("matrix"))
    with django_assert_max_num_queries(40) as many:
        client.get(page("matrix"))
    assert len(few) == len(many)
