"""The words on every page that somebody reaches: easy to read, none that we never use, no short form unexplained.

Pages come from the demo. What its people wrote is theirs: it is read from the database and left out.
"""

import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from harmony.encryption.fields import EncryptedTextField, load_keys
from harmony.people.models import User
from tests import emptying, reading
from tests.byways import NO_PAGE, byways, names
from tests.page_texts import Texts
from tests.walking import ROLES, visit, walk

pytestmark = [pytest.mark.django_db, pytest.mark.only("sqlite")]  # words are the same on every engine
# (page, word): why it stands there all the same
SAID_ALL_THE_SAME = {}
SHORT = {
    "DSO": r"designated safeguarding officer",
    "LADO": r"designated officer",
    "CEOP": r"child exploitation and online protection",
    "MASH": r"multi-agency safeguarding hub",
}
NEAR = 140  # characters: the long form stands right beside the short one
HARD_PAGES = {}  # name: (grade, why)

JUDGED = {"p", "li", "dd", "td", "div"}


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """Every page of every role, and what people wrote; read once for all tests of this file."""
    with django_db_blocker.unblock():
        call_command("demo", stdout=StringIO())
        pages = [page for role in ROLES for page in walk(role, each=3)]
        cast = {user.email.split("@")[0]: user for user in User.objects.active()}
        pages += [visit(role, url) for role, url in byways(cast)]
        yield pages, " ".join(" ".join(told.split()) for told in _told())
        emptying.empty()


def _told():
    """Every text that lies encrypted: what people wrote."""
    for model in apps.get_models():
        fields = [field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
        records = list(model._base_manager.all()) if fields else []
        if records:
            load_keys(records)
        for record in records:
            yield from (str(getattr(record, name)) for name in fields)


@pytest.fixture(scope="module")
def ours(site):
    """[(page, [(tag, whether in <main>, text)])] without what people wrote."""
    pages, told = site
    return [(page, [block for block in _blocks(page, told) if block[2]]) for page in pages]


def _blocks(page, told):
    for tag, in_main, pieces in Texts(page.html).blocks:
        yield tag, in_main, " ".join(piece for piece in pieces if len(piece) < 12 or piece.strip("“”") not in told)


@pytest.fixture(scope="module")
def prose(ours):
    """{name of a page: its own paragraphs and list items}"""
    found = {}
    for page, blocks in ours:
        texts = reading.prose(text for tag, in_main, text in blocks if in_main and tag in JUDGED)
        if texts:
            found.setdefault(page.name, set()).update(texts)
    return found


def test_every_page_is_read(site):
    assert set(names()) - {page.name for page in site[0]} - set(NO_PAGE) == set()


def test_no_link_leads_nowhere(site):
    pages, _told = site
    assert {(page.role, page.name, page.url) for page in pages if page.status != 200} == set()


def test_words_that_we_never_use(ours):
    said = set()
    for page, blocks in ours:
        text = " | ".join(text for _tag, _main, text in blocks)
        for word, around, instead in reading.unwanted(text):
            if (page.name, word) not in SAID_ALL_THE_SAME:
                said.add((page.name, around, instead))
    assert said == set()


def test_short_forms_are_spelled_out_where_they_first_stand(ours):
    bare = set()
    for page, blocks in ours:
        text = " ".join(text for _tag, _main, text in blocks)
        for short, long in SHORT.items():
            first = re.search(rf"\b{short}\b", text)
            if first and not re.search(long, text[max(0, first.start() - NEAR) : first.end() + NEAR], re.IGNORECASE):
                bare.add((short, page.name, text[max(0, first.start() - 40) : first.end() + 20]))
    assert bare == set()


def test_every_page_can_be_read_at_thirteen(prose):
    allowed = {name: at for name, (at, _why) in HARD_PAGES.items()}
    hard = reading.grades(prose)
    assert {name: at for name, at in hard.items() if at > allowed.get(name, reading.HARDEST)} == {}


def test_sentences_are_short(prose):
    assert reading.too_long(prose) == set()


def test_a_form_that_asks_for_words_keeps_them_when_the_session_ends(site):
    """Whoever signs in again finds what they typed (harmony/people/unfinished.py); passwords and the six words of a sender are kept nowhere."""
    forgetful = set()
    for page in site[0]:
        for form in re.findall(r'<form[^>]*method="post".*?</form>', page.html, re.DOTALL):
            asks = re.search(r"<textarea|<input[^>]*type=\"(text|email|url|number)\"", form)
            if asks and page.role != "stranger" and not page.name.startswith(("account_", "mfa_", "speak:")):
                forgetful |= {page.name} if 'name="written_by"' not in form else set()
    assert forgetful == set()
