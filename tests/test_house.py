"""The house rules that a machine can keep."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader

from harmony.audit.migrating import RecordedPython
from harmony.audit.recording import ELSEWHERE, UNRECORDED, recorded
from harmony.encryption.fields import EncryptedTextField
from harmony.home.management.commands import makemessages

ORDER = [app.split(".")[-1] for app in reversed(settings.OURS)]  # lowest first
TRACKED = [
    settings.BASE / name
    for name in subprocess.check_output(["git", "ls-files"], cwd=settings.BASE, text=True).splitlines()
]
TEMPLATES = [path for path in TRACKED if path.suffix == ".html" and "templates" in path.parts and path.exists()]
CODE = [
    path for path in TRACKED if path.suffix == ".py" and not {"tests", "migrations"} & set(path.parts) and path.exists()
]


def named(paths):
    return pytest.mark.parametrize("path", paths, ids=[str(path.relative_to(settings.BASE)) for path in paths])


pytestmark = pytest.mark.once("sqlite")


def test_what_is_not_recorded_exists_and_has_a_reason():
    labels = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert set(UNRECORDED) | set(ELSEWHERE) <= labels
    assert all(UNRECORDED.values())


def test_columns_named_for_the_book_exist():
    for model, how in recorded():
        assert how.skip | how.secret <= {field.column for field in model._meta.concrete_fields}, model


def test_encrypted_models_have_a_root_and_a_client_made_key():
    for model in apps.get_models():
        fields = {field.name: field for field in model._meta.concrete_fields}
        if any(isinstance(field, EncryptedTextField) for field in fields.values()):
            assert model._meta.pk.default, model
            assert "root" in fields, model


def test_foreign_keys_point_down():
    """A string key slips past import-linter, so the models themselves are asked."""
    for label in ORDER:
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.concrete_fields:
                app = field.related_model._meta.app_label if field.related_model else None
                assert app not in ORDER or ORDER.index(app) <= ORDER.index(label), field


def test_our_data_migrations_are_recorded():
    for (app, name), migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items():
        for operation in migration.operations if app in ORDER else ():
            assert isinstance(operation, RecordedPython) or not isinstance(operation, RunPython), (app, name)


def test_account_pages_are_recorded_while_allauth_knows_the_request():
    """What it does when our transaction commits, such as sending a mail, asks for the request."""
    ours = settings.MIDDLEWARE.index("harmony.people.accounts.record_account_pages")
    assert ours == settings.MIDDLEWARE.index("allauth.account.middleware.AccountMiddleware") + 1


@named(TEMPLATES)
def test_no_template_has_script_or_style_inside(path):
    """The content security policy would refuse them, in front of the person who needs the page."""
    if "pdf" in path.name or "pdf" in path.parts:
        return  # WeasyPrint's pages are never served
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@named(TEMPLATES)
def test_every_sentence_in_a_template_can_be_translated(path):
    """Words outside tags and outside translate blocks are words nobody can translate."""
    text = path.read_text()
    text = re.sub(r"{% comment.*?endcomment %}|{#.*?#}|<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"{% blocktrans(late)?\b.*?{% endblocktrans(late)? %}", "", text, flags=re.DOTALL)
    text = re.sub(r"<svg.*?</svg>|<script.*?</script>|<style.*?</style>", "", text, flags=re.DOTALL)
    text = re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>|&\w+;", " ", text, flags=re.DOTALL)
    assert not (found := re.findall(r"[A-Za-z]{3,}.*", text)), found


@named(TEMPLATES)
def test_a_template_tells_times_in_one_way(path):
    """By the filters of harmony/look/words.py, on paper too: Django's own say “9:02 a.m.”, or whatever each page asks."""
    assert not re.search(r"\|\s*(date|time|timesince|timeuntil|naturaltime)\b|{%\s*now\b", path.read_text())


SPEAKS_TO_A_TERMINAL = [
    path
    for path in CODE
    if "commands" in path.parts
    or str(path.relative_to(settings.BASE))
    in {"harmony/audit/book.py", "harmony/doctor.py", "harmony/setup.py", "harmony/home/supervisor.py"}
]
SAYS = re.compile(r"(^|\.)(stdout\.write|stderr\.write|CommandError|sys\.exit|say|input)$")
TRANSLATES = {"_", "_now", "gettext", "ngettext"}


def untranslated(code):
    """Words that a terminal is told, as the line of a help or of what a program writes, outside gettext."""
    for node in ast.walk(ast.parse(code)):
        for told in _told(node):
            yield from (text for text in _literals(told) if re.search(r"[^\W\d_]", text))


def _told(node):
    if isinstance(node, ast.Call):
        yield from node.args if SAYS.search(ast.unparse(node.func)) else ()
        yield from (keyword.value for keyword in node.keywords if keyword.arg == "help")
    elif (
        isinstance(node, ast.Assign)
        and ast.unparse(node.targets[0]) == "help"
        or isinstance(node, ast.Yield)
        and node.value
        and not isinstance(node.value, ast.Call)
    ):
        yield node.value


def _literals(node):
    """Every string below a node but those that translators get, keys and how wide a value is."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Call) and ast.unparse(node.func) in TRANSLATES:
        # what is put together before gettext is asked is found by no translator
        yield from (ast.unparse(each) for each in node.args[:1] if not isinstance(each, ast.Constant))
    else:
        left_out = {ast.Dict: {"keys"}, ast.Subscript: {"slice"}, ast.FormattedValue: {"format_spec"}}.get(
            type(node), ()
        )
        for name, value in ast.iter_fields(node):
            if name not in left_out:
                for below in value if isinstance(value, list) else [value]:
                    yield from _literals(below) if isinstance(below, ast.AST) else ()


@named(SPEAKS_TO_A_TERMINAL)
def test_every_sentence_on_a_terminal_can_be_translated(path):
    assert not (found := list(untranslated(path.read_text()))), found


@pytest.mark.parametrize(
    "code",
    [
        'self.stdout.write("Done.")',
        'self.stdout.write(self.style.SUCCESS(f"{count} lines"))',
        'self.stderr.write(_("It holds.") + " Or not.")',
        'sys.stdout.write(_(f"{name} is missing"))',
        'raise CommandError("No." if why else _("Yes."))',
        'sys.exit(_("%(what)s is missing") % {"what": "A part"})',
        'help = "Does it."',
        'parser.add_argument("--all", help="every one")',
        'yield f"Chain {root} is broken"',
    ],
)
def test_a_sentence_that_nobody_can_translate_is_found(code):
    assert list(untranslated(code))


def test_what_holds_no_word_needs_no_translator():
    written = 'self.stdout.write(f"  {found[\'name\']:>8s}: {link}\\n"); sys.exit(0); help = _("Does it.")'
    assert not list(untranslated(written))


@pytest.mark.parametrize("name", [name for name, app in get_commands().items() if app in settings.OURS])
def test_a_command_says_what_it_is_for(name, capsys):
    """Python's argparse fails at a lazy string."""
    command = load_command_class(get_commands()[name], name)
    command.print_help("manage.py", name)
    assert " ".join(command.help.split()) in " ".join(capsys.readouterr().out.split())


@named(CODE)
def test_makemessages_finds_every_name_that_gettext_is_given(path):
    keywords = [option for option in makemessages.Command.xgettext_options if option.startswith("--keyword=")]
    looked_for = {"_", *(option.removeprefix("--keyword=") for option in keywords)}
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for name in node.names:
                assert name.asname is None or name.asname in looked_for, name.asname


TELLS_A_TIME = {
    # a form's box, read back as it is typed
    "harmony/look/fields.py": "typed",
    "incidents/forms/fields.py": "typed",
    # for machines
    "harmony/audit/events.py": "the book",
    "harmony/audit/sqlite.py": "the book",
    "harmony/look/logs.py": "the log",
    # below the look: the same words by Django's letters, held against ours in tests/audit/test_transitions.py
    "harmony/audit/transitions.py": "a refusal",
}


@named(CODE)
def test_code_tells_times_in_one_way(path):
    name = str(path.relative_to(settings.BASE))
    told = re.findall(r"strftime\(|date_format\(|time_format\(|:%[HIdbYM]|:%-?[dHI]", path.read_text())
    assert not told or name in TELLS_A_TIME, told


LONGER = {"incidents/access.py": 400}  # all rights of a room stand in one file


@named(CODE)
def test_files_and_functions_can_be_read(path):
    """About 300 and 30 lines: where readers get lost."""
    tree = ast.parse(path.read_text())
    assert len(path.read_text().splitlines()) <= LONGER.get(str(path.relative_to(settings.BASE)), 330)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno <= 40, f"{node.name} is {node.end_lineno - node.lineno} lines long"


@named([path for path in CODE if path.name not in {"__init__.py"}])
def test_a_file_says_what_it_is_for(path):
    if path.name in {"apps.py", "manage.py"}:
        return
    assert ast.get_docstring(ast.parse(path.read_text())), "its first line is a docstring"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "frontend/package-lock.json"])
def test_a_lock_names_no_host(name):
    lock = settings.BASE / name
    text = re.sub(r'"url": "https?://[^"]*",?', "", lock.read_text())  # packages' funding links, followed by nobody
    assert "resolved" not in text
    assert not re.search(r"https?://|--index|--extra", text)


def test_nothing_is_left_to_do_later():
    words = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")
    for path in TRACKED:
        if path.suffix in {".py", ".html", ".md", ".scss", ".toml", ".yml"} and path.exists():
            assert not words.search(path.read_text()), path


@pytest.mark.django_db
def test_every_migration_is_made():
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_the_file_of_master_keys_is_never_tracked():
    assert not [path for path in TRACKED if path.name in {"master.keys", ".env"} or "var" in path.parts]
    assert Path(settings.BASE / ".gitignore").read_text().count("master.keys") == 1
