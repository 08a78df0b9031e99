"""The door of these pages: open to strangers, who stay strangers (harmony/look/strangers.py), and no cookie proves a form.

A form here acts for nobody who is signed in, so there is nothing that another site could borrow: what it may do hangs on the
six words alone. A form that another site sent all the same is shown again, filled in, and does nothing (decision 0341).
"""

from functools import wraps

from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from harmony.look.strangers import is_from_elsewhere
from harmony.people.doors import is_a_door, open_to_all


def open_to_strangers(view):
    @is_a_door
    @open_to_all
    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def door(request, *args, **kwargs):
        request.sent_here = request.method == "POST" and not is_from_elsewhere(request)
        return view(request, *args, **kwargs)

    return door
