"""Pages on which nobody is known: whoever tells us something stays a stranger to everything behind this point.

Under OPEN the request loses what could say who it is (cookies, address, browser, where it came from) before anything
else sees it, and the answer sets no cookie. So no later part, ours or another's, can keep what it never had. What is
refused there is not logged: a line would say to the second when somebody was on the page.
"""

OPEN = "/safe/"
TELLING = ("REMOTE_ADDR", "REMOTE_HOST", "REMOTE_PORT", "REMOTE_USER", "HTTP_USER_AGENT", "HTTP_REFERER", "HTTP_COOKIE")
TELLING_BEGINS = ("HTTP_X_", "HTTP_SEC_CH_", "HTTP_ACCEPT_LANGUAGE", "HTTP_FORWARDED", "HTTP_VIA", "HTTP_FROM")
NEEDED = {"HTTP_X_FORWARDED_PROTO"}  # whether it came by HTTPS


def nobody_is_known(get_response):
    def middleware(request):
        if not request.path_info.startswith(OPEN):
            return get_response(request)
        forget(request.META)
        request.COOKIES = {}
        response = get_response(request)
        response.cookies.clear()
        response.headers["Referrer-Policy"] = "no-referrer"
        response._has_been_logged = response.status_code < 500
        return response

    return middleware


def forget(meta):
    """Leave out of a request's headers what could say who sent it."""
    for name in [*meta]:
        if name in TELLING or name.startswith(TELLING_BEGINS) and name not in NEEDED:
            del meta[name]


def is_from_elsewhere(request):
    """Whether another site's page had this form sent. Browsers say so themselves, whatever that page would like."""
    return request.method == "POST" and request.headers.get("Sec-Fetch-Site", "") in ("cross-site", "same-site")
