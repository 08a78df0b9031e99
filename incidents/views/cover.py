"""Who is on call, until when, and when nobody is: in sentences, for the card beside the list of cases."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from harmony.look.words import by


@dataclass(frozen=True)
class Cover:
    is_now: bool  # somebody is on call
    says: list

    @classmethod
    def of(cls, rota, user, at, until):
        """From the rota between these moments, read once."""
        answering = rota.on_call(at)
        gap = next(iter(rota.gaps(at, until)), None)
        said = [_answers(reach, user, at) for reach in answering] or [_("Nobody is on call now.")]
        changes = gap.until if gap and not answering else min((reach.until for reach in answering), default=until)
        if changes < until and (following := rota.on_call(changes)):
            names = ", ".join(dict.fromkeys(reach.user.name for reach in following))
            said.append(_("Next: %(names)s, from %(when)s.") % {"names": names, "when": by(changes, at=at)})
        if answering:
            said.append(_gap(gap, until, at))
        return cls(bool(answering), said)


def _answers(reach, user, at):
    when = by(reach.until, at=at)
    if reach.user == user:
        return _("You are on call until %(when)s.") % {"when": when}
    return _("%(name)s is on call until %(when)s.") % {"name": reach.user.name, "when": when}


def _gap(gap, until, at):
    if gap is None:
        return _("There is no gap in the next two weeks.")
    when = {"since": by(gap.since, at=at), "until": by(gap.until, at=at)}
    if gap.until >= until:
        return _("From %(since)s on, nobody is.") % when
    return _("Nobody is from %(since)s until %(until)s.") % when
