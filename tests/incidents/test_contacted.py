"""A young person contacted me: one page, one report about oneself, and the writer never sees its case."""

from uuid import uuid4

from incidents.models import Case, Report


def test_it_is_one_page_sent_once_and_about_whoever_writes(leah, amara, client):
    client.force_login(leah)
    assert "no punishment" in client.get("/report/contacted/").content.decode()
    answers = {"who": "Zed A", "platform": "Instagram", "facts": "He followed me. I blocked him.", "form_key": uuid4()}
    sent = [client.post("/report/contacted/", answers) for _twice in range(2)]
    report = Report.objects.get()
    assert [answer["Location"] for answer in sent] == [f"/report/{report.pk}/sent/"] * 2
    assert report.is_of_oneself
    assert report.case.track == "worker"
    assert list(Case.objects.visible_to(amara)) == [report.case]
    assert not Case.objects.visible_to(leah).exists()
    assert "That is what our code asks" in client.get(sent[0]["Location"]).content.decode()
    wrong = client.post("/report/contacted/", {"who": "", "facts": "x"}).content.decode()
    assert "Write who it was" in wrong
    assert Report.objects.count() == 1
