"""What the DSO's list costs: the same page of the same rows as a bare Django ListView behind the same middleware.

Ours works out rights, clocks and order, decrypts initials and writes down who looked. At most 500 cases are open at either size:
what a page costs more at the larger one, beyond 200 more that are open, is what closed cases still cost.

One of the benchmarks that `make bench` runs; alone: pytest tests/bench/bench_lists.py -s
"""

from datetime import timedelta

import pytest
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse
from django.template import Context, Template
from django.urls import path
from django.utils.timezone import now
from django.views.generic import ListView

from harmony.audit.events import event
from harmony.urls import handler400, handler403, handler404, handler500  # noqa: F401
from harmony.urls import urlpatterns as ours
from incidents.models import Case
from incidents.views.listing import A_PAGE

from .measure import figure, in_turn

PAGES = 12  # asked for in a round
OPEN = 500  # at every size; the rest is closed


class Bare(LoginRequiredMixin, ListView):
    """What Django gives for ten lines: every row that is open, newest first, a page at a time."""

    queryset = Case.objects.exclude(status="closed").select_related("owner").order_by("-filed_at")
    paginate_by = A_PAGE
    template = Template(
        "<table>{% for case in page_obj %}<tr><td>{{ case.reference }}<td>{{ case.severity }}<td>{{ case.initials }}"
        "<td>{{ case.acknowledge_due }}<td>{{ case.owner }}<td>{{ case.filed_at }}<td>{{ case.status }}{% endfor %}</table>"
    )

    def render_to_response(self, context):
        return HttpResponse(self.template.render(Context(context)))


urlpatterns = [*ours, path("bench/bare/", Bare.as_view())]


@pytest.mark.urls(__name__)
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [300, 3000])
def test_a_page_of_the_list(number, client, organisation, amara):
    _make(number, amara)
    client.force_login(amara, backend="allauth.account.auth_backends.AuthenticationBackend")

    def asks(address):
        def work(n):
            assert client.get(address).status_code == 200

        work(0)  # what is made once is made before
        return work

    bare, cases, second = asks("/bench/bare/"), asks("/cases/"), asks("/cases/?page=2")
    spent = {work: sum(both) for work, both in in_turn([bare, cases, second], PAGES).items()}
    base = f"a bare ListView of the same {A_PAGE} rows"
    for work, what in ((cases, "the list of cases"), (second, "its second page")):
        cost = {"ms": round(spent[work], 1), "bare_ms": round(spent[bare], 1)}
        figure(f"{what}, {number} cases", spent[work] / spent[bare], of=base, **cost)


def _make(number, amara):
    """Open ones first, as many as there are at every size."""
    at = now()
    weighed = {
        "acknowledged_at": at,
        "acknowledged_by": amara,
        "triaged_at": at,
        "triaged_by": amara,
        "severity": "medium",
        "kind": "NEG",
        "parents": "told",
        "caused_by": "unknown",
        "refer": False,
        "rationale": "As it was weighed",
        "refer_reason": "Nobody outside",
    }
    closed = {"closed_at": at, "closed_by": amara, "outcome": "safe", "closing_reason": "Done", "status": "closed"}
    cases = []
    for turn in range(number):
        filed = at - timedelta(hours=turn)
        due = {f"{name}_due": filed + timedelta(hours=8) for name in ("acknowledge", "triage", "tell")}
        worked_on = weighed | {"status": "triaged", "quiet_due": filed + timedelta(days=56)}
        more = weighed | closed if turn >= OPEN else worked_on if turn % 2 else {}
        cases.append(Case(initials="ZA", filed_at=filed, **due, **more))
    with event("open", by="the benchmark"):
        Case.objects.bulk_create(cases, batch_size=500)
