"""The words that no page walk meets: mails and messages, the fixed words of documents, and what refuses an answer.

They are collected as they are written, from templates and from code, with a short name in each gap. So one that is
shown once in ten years is judged like one that is shown each day. A sentence alone is too short to be graded: those of
one mail, document or file of code are graded together, and of the shortest of these all together. A hard sentence
among easy ones is found by itself, from ten words.
"""

import ast
import re

import pytest
from django.conf import settings
from django.template import engines
from django.template.base import TextNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.html import strip_tags

from harmony.notifications.sentences import SENTENCES
from tests import reading

TEMPLATES = settings.BASE / "templates"
GAP = re.compile(r"%(?:\(\w+\))?[sd]")
ENOUGH = 10  # words: a sentence of fewer has no grade of its own, for one long word decides it
HARDEST_ALONE = 12  # grade of one sentence: room for the name of a post, and for nothing else that is long


def of_template(source):
    """Each piece of fixed text of this file: what it extends is read by itself."""
    nodes = engines["django"].from_string(source).template.nodelist
    yield from (strip_tags(node.s) for node in nodes.get_nodes_by_type(TextNode))
    yield from (node.filter_expression.resolve({}) for node in nodes.get_nodes_by_type(TranslateNode))
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        yield from (node.render_token_list(tokens)[0] for tokens in (node.singular, node.plural) if tokens)


def of_code(source):
    """Each string that is given to a gettext, by whatever name the file knows it."""
    tree = ast.parse(source)
    gettexts = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in gettexts:
            yield from (one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str))


def written(paths, of):
    """{name of a file: its texts, a short name in each gap}"""
    named = {str(path.relative_to(settings.BASE)): of(path.read_text()) for path in paths}
    return {name: [GAP.sub("Sam", text) for text in texts] for name, texts in named.items()}


def mails():
    """Every mail with its subject, every message of an account page, and all that a notice may say."""
    notices = [str(words) for sentence in SENTENCES.values() for words in (sentence.words, sentence.until)]
    return written(TEMPLATES.rglob("*.txt"), of_template) | {"notices": [GAP.sub("Sam", words) for words in notices]}


def documents():
    """Headings, captions and explanations; what stands in the gaps is what somebody wrote, or words of code."""
    return written(TEMPLATES.rglob("*pdf.html"), of_template)


def code():
    """What forms, guards and refusals say; labels, subjects and all else that code says with them."""
    paths = [path for app in ("harmony", "incidents") for path in (settings.BASE / app).rglob("*.py")]
    return written([path for path in paths if "migrations" not in path.parts], of_code)


@pytest.fixture(scope="module", params=[mails, documents, code], ids=lambda of: of.__name__)
def texts(request):
    return request.param()


@pytest.fixture
def prose(texts):
    return {name: found for name, said in texts.items() if (found := reading.prose(said))}


def test_words_that_we_never_use(texts):
    said = {(name, *found) for name, pieces in texts.items() for text in pieces for found in reading.unwanted(text)}
    assert said == set()


def test_all_can_be_read_at_thirteen(prose):
    assert {name: at for name, at in reading.grades(prose).items() if at > reading.HARDEST} == {}


def test_sentences_are_short(prose):
    assert reading.too_long(prose) == set()


def test_no_hard_sentence_hides_among_easy_ones(prose):
    assert hard_alone(prose) == {}


def hard_alone(prose):
    alone = {part for texts in prose.values() for text in texts for part in reading.sentences(text)}
    hard = {part: round(reading.grade([part]), 1) for part in alone if len(reading.words(part)) >= ENOUGH}
    return {part: at for part, at in hard.items() if at > HARDEST_ALONE}


def test_a_bad_mail_is_found():
    mail = """{% load i18n %}{% if late %}{% translate "Oops! It is late." %}{% endif %}Click here
        {% blocktranslate count n=n %}Please send {{ n }} form.{% plural %}Submit {{ n }} forms.{% endblocktranslate %}"""
    found = [word for text in of_template(mail) for word, _around, _instead in reading.unwanted(text)]
    assert sorted(found) == ["click here", "oops", "please", "submit"]


def test_bad_words_of_code_are_found_by_whatever_name_it_translates():
    hard = "The practitioner is responsible for facilitating appropriate multidisciplinary information sharing today."
    source = f"""
from django.utils.translation import gettext_noop as _now, ngettext
Guard(say=_now("Invalid level."))
raise Refused(ngettext("Please wait %(n)d day.", "Wait %(n)d days asap.", n) % {{"n": n}})
errors = {{"required": _now("{hard}")}}
log("Submit")  # is not shown
"""
    found = [word for text in of_code(source) for word, _around, _instead in reading.unwanted(text)]
    assert sorted(found) == ["asap", "invalid", "please"]
    assert list(hard_alone({"forms.py": reading.prose(of_code(source))})) == [hard.rstrip(".")]


def test_each_place_has_words():
    """Or the rules above would hold of nothing."""
    assert "Case Sam" in documents()["templates/incidents/chronology_pdf.html"]
    assert "Your password was changed" in mails()["templates/account/email/password_changed_subject.txt"]
    assert "A case needs you by Sam." in mails()["notices"]
    assert "Write what happened." in code()["incidents/forms/working.py"]
    assert "There is a channel with this name already. Choose another." in code()["harmony/organisation/channels.py"]
