"""`python -m tests.drill`: on each engine, back up a whole organisation, destroy a case, and put yesterday's backup back.

Every step is the product's own command, in a process of its own, on a database of its own.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from time import monotonic

from harmony import doctor

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("HARMONY_VAR", ROOT / "var")) / "drill"
CANARIES = [f"{one}{two}" for one in ("quill", "bramble", "moss", "zephyr", "otter") for two in ("feather", "grave")]


class Failed(Exception):
    """In words."""


class Place:
    """A machine: a database, a folder, and the keys that they share."""

    def __init__(self, engine, name):
        self.engine, self.var = engine, VAR / f"{engine}-{name}"
        self.database = f"harmony_drill_{name}_{os.getpid()}" if engine == "postgresql" else ""
        self.around = os.environ | {
            "HARMONY_VAR": str(self.var),
            "MASTER_KEY_FILE": str(VAR / f"{engine}.keys"),
            "SECRET_KEY": "only for the drill, and long enough to sign with",
            "DATABASE_URL": doctor.POSTGRESQL.rsplit("/", 1)[0] + f"/{self.database}" if self.database else "",
            "DJANGO_SETTINGS_MODULE": "harmony.settings",
        }
        for elsewhere in ("PRODUCTION", "BACKUP_FOLDER", "REDIS_URL", "BROKER_URL"):
            self.around.pop(elsewhere, None)

    def __enter__(self):
        shutil.rmtree(self.var, ignore_errors=True)
        self.var.mkdir(parents=True)
        self._administer("CREATE DATABASE")
        return self

    def __exit__(self, *error):
        self._administer("DROP DATABASE")
        shutil.rmtree(self.var, ignore_errors=True)

    def _administer(self, what):
        if self.database:
            command = ["psql", "--quiet", "--dbname", doctor.POSTGRESQL, "--command", f'{what} "{self.database}"']
            subprocess.run(command, check=True)

    def run(self, *command, refused=False):
        """What a command of the product says. Raises Failed if it fails, or, where it should be refused, if it does not."""
        return self._said([sys.executable, "manage.py", *command], refused)

    def ask(self, what):
        return json.loads(self._said([sys.executable, "-m", "tests.drill", what], False).splitlines()[-1])

    def _said(self, command, refused):
        done = subprocess.run(command, cwd=ROOT, env=self.around, capture_output=True, text=True, check=False)
        if bool(done.returncode) != refused:
            raise Failed(f"{' '.join(command[1:])}: {(done.stderr or done.stdout).strip()[-600:]}")
        return done.stderr if refused else done.stdout


def drill(engine):
    """The sentence of one engine. Raises Failed."""
    (VAR / f"{engine}.keys").write_text(f"1:{os.urandom(32).hex()}\n")
    with Place(engine, "here") as here, Place(engine, "there") as there:
        here.run("migrate", "--verbosity", "0")
        here.run("demo")
        sheet = VAR / f"{engine}.sheet"
        sheet.write_text("\n".join(here.run("print_key_sheet", "backup", "--new").splitlines()[2:6]))
        if here.ask("plant") < len(CANARIES):
            raise Failed("the words that were planted cannot be read")
        here.run("backup")
        archive = next((here.var / "backups").glob("*.age"))
        erased = here.ask("destroy")
        _refuses_what_was_altered(archive, sheet, there)
        begun = monotonic()
        said = there.run("restore", str(archive), "--key", str(sheet))
        seconds = monotonic() - begun
        if "audit head identical" not in said or f"{erased} erasures replayed" not in said:
            raise Failed(said)
        if "no backup holds such a file" not in said:
            raise Failed("of the file that was locked away nothing is said")
        there.run("verify_audit")
        found = there.ask("count")
        if found:
            raise Failed(f"{engine}: {found} words of what was destroyed can be read")
        if places := there.ask("shown"):
            raise Failed(f"{engine}: what was destroyed still stands in {places} lists")
    return f"drill ({engine}): audit head identical, {erased} erasures replayed, {found} canaries, {seconds:.0f} s"


def _refuses_what_was_altered(archive, sheet, there):
    whole = archive.read_bytes()
    middle = len(whole) // 2
    for content in (whole[:-1], whole[:middle], whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]):
        altered = archive.with_name("altered.age")
        altered.write_bytes(content)
        said = there.run("restore", str(altered), "--key", str(sheet), "--key-version", "2", refused=True)
        if "altered or cut short" not in said:
            raise Failed(said)


def plant():
    """Each canary in a case: in an entry, and so in the book. A hold stands on it; and a file of another is locked away."""
    from django.utils.timezone import now

    from harmony.files.taking import Taken
    from harmony.retention import stores
    from harmony.retention.models import Hold
    from incidents.models import Case, CaseFile

    dso, _deputy = _two()
    for word in CANARIES:
        _case().write("note", f"A {word}", now(), by=dso)
    Hold.on(stores.get("case"), _case(), "A court asks for it.", by=dso)
    other = Case.objects.visible_to(dso).still_open().filter(track="child", imagery=False).first()
    CaseFile.take(other, Taken.of("drill.txt", b"of the drill"), True, by=dso)
    other.files.order_by("added_at").last().lock_away(by=dso)
    return count()


def destroy():
    """As two people do it once its time is over and the hold is lifted. How many roots went: of the case, its reports and files."""
    from django.utils.timezone import now

    from harmony.encryption.models import RootKey
    from harmony.retention.models import Hold, Proposal
    from harmony.retention.proposing import propose

    (dso, deputy), case, later = _two(), _case(), now().replace(year=now().year + 100, day=1)
    before = RootKey.objects.exclude(erased_at=None).count()
    Hold.objects.get(about=case.pk).lift(by=deputy, why="The court has it.")
    propose(later)
    proposal = Proposal.objects.get(about=case.pk)
    proposal.agree(by=deputy, at=later)
    proposal.destroy(by=dso, at=later)
    return RootKey.objects.exclude(erased_at=None).count() - before


def shown():
    """How many pages there still tell of it: none, and no sweep stumbles over it, or over what no backup holds."""
    from django.utils.timezone import now

    from harmony.files.sweeping import sweep
    from harmony.retention.models import Hold, Proposal
    from incidents.models import Case

    sweep(now())
    gone = Case.objects.exclude(destroyed_at=None).get()
    lists = (Case.objects.visible_to, Proposal.objects.visible_to, Hold.objects.visible_to)
    return sum(gone.reference in map(_reference, seen(user)) for user in _two() for seen in lists)


def _reference(record):
    return record.reference


def count():
    """How many of the planted words anybody could read here, in a row or in the book."""
    from tests.proof import canaries

    said = "\n".join(canaries.readable())
    return sum(said.count(word) for word in CANARIES)


def _two():
    from harmony.people.models import Post, User

    return [User.objects.holding(post).first() for post in (Post.DSO, Post.DEPUTY)]


def _case():
    """The same each time: the oldest closed one that the DSO line works."""
    from incidents.models import Case

    closed = Case.objects.filter(status=Case.Status.CLOSED, track="child", recusals=None)
    return closed.order_by("filed_at").first()


def main():
    if len(sys.argv) > 1:
        import django

        django.setup()
        sys.stdout.write(
            json.dumps({"plant": plant, "destroy": destroy, "count": count, "shown": shown}[sys.argv[1]]()) + "\n"
        )
        return
    VAR.mkdir(parents=True, exist_ok=True)
    lacking = {part.name for part in doctor.missing()}
    for engine in ("sqlite", *(["postgresql"] if "PostgreSQL" not in lacking else [])):
        try:
            sys.stdout.write(f"{drill(engine)}\n")
            sys.stdout.flush()
        except Failed as failed:
            sys.exit(f"drill ({engine}) FAILED: {failed}")
    if "PostgreSQL" in lacking:
        sys.exit("drill (postgresql) was not run: PostgreSQL is missing: apt install postgresql")


if __name__ == "__main__":
    main()
