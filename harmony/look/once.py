"""Asked at most once a request: a page, its menu and its footer share one answer.

    contacts = once(request, "help contacts", lambda: list(HelpContact.objects.all()))
    contacts()  # asks, the first time

The answer lives as long as the request: no other process can make it stale.
"""


def once(request, name, ask):
    kept = answers(request)

    def answer():
        if name not in kept:
            kept[name] = ask()
        return kept[name]

    return answer


def answers(request):
    """What has been answered so far, {name: answer}: a view that knows more may put its own in."""
    if not hasattr(request, "asked_once"):
        request.asked_once = {}
    return request.asked_once
