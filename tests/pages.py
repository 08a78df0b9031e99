"""Every page there is, with an address to knock at: for tests that walk the site map."""

from uuid import uuid4

from django.urls import URLResolver, get_resolver

SAMPLES = {"uuid": lambda: str(uuid4()), "int": lambda: "7", "slug": lambda: "a-slug", "str": lambda: "some-words"}


def every_page():
    """(name, view, address) of each URL pattern."""
    return list(_walk(get_resolver().url_patterns, "/", ""))


def _walk(patterns, before, namespace):
    for pattern in patterns:
        address = before + _address(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, address, inside)
        else:
            yield f"{namespace}{pattern.name}", pattern.callback, address


def _address(pattern):
    if hasattr(pattern, "_route"):
        route = str(pattern._route)
        for name, converter in pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
            route = route.replace(f"<{kind}:{name}>", SAMPLES[kind]()).replace(f"<{name}>", "some-words")
        return route
    return "password/new/abc-def/" if "uidb36" in str(pattern) else str(pattern).strip("^$")
