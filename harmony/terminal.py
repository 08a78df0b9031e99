"""What is said on a terminal before Django is set up: in the language of the terminal, where we have it.

`make setup` and `make doctor` run before there are settings, so these are the standard library's functions, on the same
catalogue that Django reads.
"""

import gettext
from pathlib import Path

_catalogue = gettext.translation("django", Path(__file__).resolve().parent.parent / "locale", fallback=True)
_, ngettext = _catalogue.gettext, _catalogue.ngettext
