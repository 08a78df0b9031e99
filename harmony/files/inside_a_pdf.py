"""Run as a process of its own: reads a PDF from its standard input, and says "nothing", "a program" or "a password".

It may use little memory and time, so a file that unfolds without end stops this, and nothing else.
"""

import contextlib
import io
import resource
import sys

MEMORY, SECONDS, DEEPEST, MOST_OBJECTS = 1_000_000_000, 20, 60, 200_000
# what runs, opens or carries something else, as a key or as the kind of an action
ACTS = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA", "/GoToE", "/GoToR",
        "/ImportData", "/SubmitForm", "/Rendition", "/Movie", "/Sound", "/Screen"}  # fmt: skip


def found(content):
    import pikepdf  # after the limits are set

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                return "a password"
            objects = pdf.objects
            if len(objects) > MOST_OBJECTS:
                return "too much"
            acts = any(_acts(one, pikepdf) for one in (pdf.trailer, *objects))
            return "a program" if acts else "nothing" if len(pdf.pages) else "broken"
    except pikepdf.PasswordError:
        return "a password"


def _acts(top, pikepdf):
    """Whether one of its own keys or names acts. (What it refers to is an object of its own.)"""
    left = [(top, 0)]
    while left:
        value, depth = left.pop()
        if isinstance(value, pikepdf.Name) and str(value) in ACTS:
            return True
        if isinstance(value, pikepdf.Array):
            inner = list(value)
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            held = value.stream_dict if isinstance(value, pikepdf.Stream) else value
            if ACTS & set(held.keys()) or "/OpenAction" in held and _is_an_action(held["/OpenAction"], pikepdf):
                return True
            inner = [held[name] for name in held.keys()]  # noqa: SIM118 (it is no dict)
        else:
            continue
        left += [(one, depth + 1) for one in inner if not getattr(one, "is_indirect", False) and depth < DEEPEST]
    return False


def _is_an_action(value, pikepdf):
    """Opening at a page is none; anything else that happens by itself is."""
    return isinstance(value, pikepdf.Dictionary) and value.get("/S") != pikepdf.Name.GoTo


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    said = "broken"
    with contextlib.suppress(Exception):
        said = found(sys.stdin.buffer.read())
    sys.stdout.write(said)
