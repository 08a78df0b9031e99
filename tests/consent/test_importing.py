"""Young people and signed paper from a sheet: looked at first, errors row by row, then all of it or nothing; and a sheet out."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from consent.models import Consent, NeverShown, Permission
from harmony.people.models import Care, Group, GroupMember, YoungPerson

pytestmark = pytest.mark.django_db
YOUNG, PAPER = reverse("people:import_young_people"), reverse("consent:import_permission")


def test_young_people_come_from_a_sheet_all_or_none(client, sol, leah):
    group = Group()
    group.add("Tuesday Makers", "11-13", by=sol)
    client.force_login(sol)
    wrong = "name;date of birth;group;carer e-mail\nZed;4/3/2012;Nobody’s;\n;;;\nAda;32/3/2012;;x\nZed;4/3/2012;;\nBea;;;b@harmony.test"
    shown = client.post(YOUNG, {"rows": wrong, "go": "write"}).content.decode()
    for sentence in (
        "Row 2, group: There is no group of this name here.",
        "Row 4, date of birth: Write it like 4/3/2012.",
        "Row 4, carer e-mail: Write an e-mail address",
        "Row 6, carer: Write who the carer is.",
        "Row 5: Somebody of this name and date of birth is here, or in a row above.",
    ):
        assert sentence in shown, sentence
    assert "Nobody’s" in shown and not YoungPerson.objects.exists()
    assert "no column “age”" in client.post(YOUNG, {"rows": "name,age\nZed,12"}).content.decode()
    right = "Name,Date of birth,Group,Carer,Carer e-mail,Decides by law\nZed,2012-03-04,tuesday makers,Denise,d@harmony.test,yes\nAda,,,,,"
    file = SimpleUploadedFile("young.csv", right.encode())
    shown = client.post(YOUNG, {"file": file, "go": "look"}).content.decode()
    assert "2 rows are as they should be" in shown and not YoungPerson.objects.exists()
    assert "Zed,2012-03-04" in shown  # it stands in the box, to be sent again
    assert client.post(YOUNG, {"rows": right, "go": "write"}).status_code == 302
    assert [one.name for one in YoungPerson.objects.all().by_name()] == ["Ada", "Zed"]
    care = Care.objects.get()
    assert (care.carer.email, care.parental_responsibility) == ("d@harmony.test", True)
    assert GroupMember.objects.standing().get().group == group
    assert "is here, or in a row above" in client.post(YOUNG, {"rows": right, "go": "write"}).content.decode()
    assert YoungPerson.objects.count() == 2
    latin = SimpleUploadedFile("young.csv", "name\nJos\xe9".encode("latin-1"))
    assert "We cannot read this file." in client.post(YOUNG, {"file": latin}).content.decode()
    client.force_login(leah)
    assert client.get(YOUNG).status_code == 404


def test_signed_paper_comes_from_a_sheet_all_or_none_and_goes_out_as_one(client, noor, young, use, amara, leah):
    website, poster = use(), use("Poster", "Noticeboards")
    zed, _one, _two = young("Zed"), young("Ada", age=12), young("Ada", age=13)
    client.force_login(noor)
    heads = f"name\tWho says it\tSigned by\tSigned on\tKept where\t{website}\t{poster}\n"
    rows = (
        heads
        + "Zed\tparent\tDenise\t1/9/2026\tBlue folder\tyes\tno\nZed\tyoung person\tZed\t1/9/2026\tBlue folder\tyes\t"
    )
    wrong = rows + "\nAda\tparent\tJo\t1/9/2026\tFolder\tyes\t\nBea\tdog\t\t1/9/2099\tFolder\tperhaps\t"
    shown = client.post(PAPER, {"rows": wrong, "go": "write"}).content.decode()
    for sentence in (
        "Row 4, name: Two people go by this name.",
        "Row 5, who says it: Write parent or young person.",
        "Row 5, signed by: Write who signed.",
        "Row 5, signed on: This day has not come yet.",
        "Write yes or no.",
    ):
        assert sentence in shown, sentence
    assert not Consent.objects.exists()
    assert "2 rows are as they should be" in client.post(PAPER, {"rows": rows, "go": "look"}).content.decode()
    assert not Permission.objects.exists()
    assert client.post(PAPER, {"rows": rows, "go": "write"}).status_code == 302
    assert {consent.use: consent.status for consent in Consent.objects.all()} == {website: "given", poster: "refused"}
    said = Permission.objects.filter(side="parent").first()
    assert (said.how, said.who, said.evidence, localdate(said.said_at).isoformat()) == (
        "paper", "Denise", "Blue folder", "2026-09-01",
    )  # fmt: skip
    client.post(reverse("consent:say", args=[zed.pk]), {
        "side": "parent", "who": "=1+1", "how": "paper", "evidence": "Red", "name_shown": "none", f"use_{poster.pk.hex}": "no",
    })  # fmt: skip
    NeverShown(young_person=zed).flag("A court order", by=amara)
    out = client.get(reverse("consent:export_permission"))
    lines = list(csv.reader(io.StringIO(out.content.decode("utf-8-sig"))))
    assert lines[1][:3] == ["Zed", "", "Never to be shown"] and "court" not in out.content.decode()
    assert {line[6] for line in lines[2:]} == {"Denise", "Zed", "'=1+1"}
    client.force_login(leah)
    assert client.get(reverse("consent:export_permission")).status_code == 404 == client.get(PAPER).status_code
