"""The text of a policy: Markdown, of which only what is safe reaches a page, and whose paragraphs carry marks.

    We use pictures only with written permission. {S22}

A mark at the end of a paragraph, heading or bullet says which promises it makes; `blocks` finds each of them, and
`tagged` writes them anew. Marks stand in the text itself, so they are compared, exported and hashed with it.
"""

import re
from dataclasses import dataclass

import nh3
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

CODE = re.compile(r"[A-Z]{1,3}\d{1,3}$")  # S1 to S32, and an organisation's own
MARK = re.compile(r"\s*\{([A-Z]{1,3}\d{1,3}(?:[ ,]+[A-Z]{1,3}\d{1,3})*)\}\s*$")
CLASSES = {
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "blockquote_open": "govuk-inset-text",
    "table_open": "govuk-table",
    "th_open": "govuk-table__header",
    "td_open": "govuk-table__cell",
}
DO = {"Do not": "red", "Do": "green"}
TAGS = {"h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "a", "br", "hr", "blockquote", "code", "pre", "span",
        "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
ATTRIBUTES = {tag: {"class"} for tag in ("p", "ul", "ol", "blockquote", "table", "th", "td", "span")}
ATTRIBUTES |= {"strong": {"class"}}
ATTRIBUTES |= {tag: {"class", "id"} for tag in ("h2", "h3", "h4")} | {"a": {"href", "class"}, "ol": {"class", "start"}}


@dataclass(frozen=True)
class Block:
    """A heading, paragraph or bullet: what a mark is put to, and what two versions are compared by."""

    kind: str  # "heading", "item" or "paragraph"
    words: str  # as they are read, without Markdown's signs
    tags: tuple
    lines: tuple  # (first, after the last) of the text
    clause: str = ""  # of a heading: its name within the page


def codes(said):
    """Marks as somebody types them, "s4, S15": ("S4", "S15"). ValueError at anything else."""
    found = tuple(dict.fromkeys(re.split(r"[\s,;]+", said.strip().upper()))) if said.strip() else ()
    if wrong := [one for one in found if not CODE.match(one)]:
        raise ValueError(wrong[0])
    return found


def blocks(text):
    found, kind = [], "paragraph"
    tokens = _parser.parse(text)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type != "inline" or not token.map or before.type not in ("heading_open", "paragraph_open"):
            continue
        kind = "heading" if before.type == "heading_open" else "item" if token.level > 2 else "paragraph"
        clause = before.attrGet("id") or ""
        found.append(Block(kind, _words(token), token.meta.get("tags", ()), tuple(token.map), clause))
    return found


def tagged(text, tags):
    """The same text with these marks: {number of a block: codes}. A block that is not named keeps its own."""
    lines = text.split("\n")
    for number, block in enumerate(blocks(text)):
        if number in tags:
            last = block.lines[1] - 1
            bare = MARK.sub("", lines[last]).rstrip()
            lines[last] = f"{bare} {{{' '.join(tags[number])}}}" if tags[number] else bare
    return "\n".join(lines)


def html(text, marks=False, under=""):
    """For a page, sanitised. `marks`: show which promises each paragraph makes. `under`: a title that the page has already."""
    first, _break, rest = text.lstrip().partition("\n")
    if under and first.startswith("# ") and MARK.sub("", first[2:]).strip().lower() == under.lower():
        text = rest
    rendered = _parser.render(text, {"marks": marks, "is_a_page": True})
    return nh3.clean(
        rendered, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )  # fmt: skip


def _words(token):
    return "".join(_word(child) for child in token.children).strip()


def _word(child):
    if child.type in ("softbreak", "hardbreak"):
        return " "
    return child.content if child.type in ("text", "code_inline", "image") else ""


def _say_do(token, env):
    """“Do: …” and “Do not: …” begin with a sign that is seen at a glance: a clause of a code is a card to follow."""
    first = token.children[0] if token.children else None
    for sign, tone in DO.items() if env.get("is_a_page") and first is not None and first.type == "text" else ():
        if first.content.startswith(f"{sign}: "):
            first.content = first.content[len(sign) + 1 :]
            shown = f'<strong class="govuk-tag govuk-tag--{tone}">{sign}</strong>'
            token.children.insert(0, Token("html_inline", "", 0, content=shown))
            return


def _dress(state):
    """Marks out of the words and into what is known of them; the classes of the design system; headings under the page's."""
    names, levels, deepest = {}, [int(token.tag[1]) for token in state.tokens if token.type == "heading_open"], 1
    for before, token in zip([None, *state.tokens], state.tokens, strict=False):
        if token.type == "inline":
            _take_marks(token, state.env)
            _say_do(token, state.env)
            if before.type == "heading_open":
                before.attrSet("id", _name(_words(token), names))
        elif token.type in CLASSES:
            token.attrSet("class", CLASSES[token.type])
        elif token.type in ("heading_open", "heading_close"):
            if token.type == "heading_open":  # the highest of the text is h2, and none leaves one out
                deepest = min(int(token.tag[1]) - min(levels) + 2, deepest + 1, 4)
                token.attrSet("class", "govuk-heading-m" if deepest == 2 else "govuk-heading-s")
            token.tag = f"h{deepest}"


def _take_marks(token, env):
    for child in token.children:
        if child.type == "link_open":
            child.attrSet("class", "govuk-link")
    last = token.children[-1] if token.children else None
    found = last is not None and last.type == "text" and MARK.search(last.content)
    if not found:
        return
    last.content = last.content[: found.start()]
    token.meta["tags"] = codes(found[1])
    if env.get("marks"):
        shown = " ".join(f'<span class="govuk-tag govuk-tag--plain">{code}</span>' for code in token.meta["tags"])
        token.children.append(Token("html_inline", "", 0, content=f" {shown}"))


def _name(words, names):
    """Of a heading, for links to it and for what cites it: the same name twice gets a number."""
    name = slugify(words)[:50] or "part"
    names[name] = names.get(name, 0) + 1
    return name if names[name] == 1 else f"{name}-{names[name]}"


_parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
_parser.core.ruler.push("dress", _dress)
