"""The steps of a case about the people in it, apart from the others so that both can be read."""

from django.utils.translation import gettext as _now

from harmony.audit.transitions import ANY, StateMoved, transition

from .. import access, alike, lines


class NamesPeople:
    """Part of Case: who has a part in it (see people.py)."""

    @transition(source=ANY, to=None, may=access.may_work)
    def add_person(self, *, by, at, **known):
        """Somebody who has a part in it. Sent twice is added once."""
        said = (known["name"], known["handle"])
        if said not in [(one.name, one.handle) for one in self.people.filter(part=known["part"])]:
            self.people.create(added_by=by, added_at=at, changed_at=at, **known)
        self._keep_families_out(at)
        alike.tell(self, at)

    @transition(source=ANY, to=None, may=access.may_work, reason=True)
    def change_person(self, person, seen, *, by, at, **known):
        """Put right what is known of somebody. `seen` is when they were last changed, as far as `by` knows."""
        person = self.people.select_for_update().get(pk=person.pk)
        if person.changed_at != seen:
            raise StateMoved(_now("A colleague changed this meanwhile. Both stand on this page now."))
        for name, value in known.items():
            setattr(person, name, value)
        person.changed_at = at
        person.save(update_fields=[*known, "changed_at"])
        self._keep_families_out(at)
        alike.tell(self, at)

    def _keep_families_out(self, at):
        """Nobody judges their own family: whatever part a child has in it, whoever declared to belong to them is out."""
        young = self.people.exclude(young_person=None).values("young_person")
        self._keep_family_out(lines.family_of(young), at)
