"""Hazards that come back with one platform after another, so that nobody begins with an empty page (S9, R23, R33).

Our own words, after the four Cs of the field and what NSPCC Learning asks of groups that work online.
"""

from django.utils.translation import gettext_lazy as _

from .models.hazards import Area

HAZARDS = {
    "shown-harm": (Area.CONTENT, _("They see violence, pornography, self-harm or hate")),
    "suggested": (Area.CONTENT, _("It suggests more and more of what holds them, made for adults or extreme")),
    "shared-screen": (Area.CONTENT, _("Somebody shares a screen or a picture that nobody should see")),
    "strangers": (Area.CONTACT, _("Strangers can write to them or find them")),
    "one-to-one": (Area.CONTACT, _("A worker and a young person write to each other with nobody else there")),
    "numbers": (Area.CONTACT, _("Their number, name or account is shown to people who should not have it")),
    "place": (Area.CONTACT, _("It shows where they are")),
    "pile-on": (Area.CONDUCT, _("A group turns on somebody")),
    "pictures": (Area.CONDUCT, _("Pictures of them are copied, changed or passed on")),
    "vanishing": (Area.CONDUCT, _("What was written vanishes, so nobody can say what happened")),
    "spending": (Area.COMMERCE, _("They are led to spend money, or to gamble")),
    "scams": (Area.COMMERCE, _("Somebody cheats them out of money or a password")),
    "adverts": (Area.COMMERCE, _("It sells what it learns about them")),
    "too-much": (Area.DATA, _("It is told more about people than it needs")),
    "abroad": (Area.DATA, _("What it is told is kept somewhere we cannot reach")),
    "one-holder": (Area.DATA, _("One person alone can get into the account")),
    "recording": (Area.DATA, _("It is recorded, and nobody has agreed")),
    "ai-wrong": (Area.AI, _("It says false or harmful things, and sounds sure")),
    "ai-friend": (Area.AI, _("They confide in it as in a friend")),
    "ai-pictures": (Area.AI, _("It makes or changes pictures of real people")),
    "ai-learns": (Area.AI, _("What is typed into it is kept, and used to train it")),
}
