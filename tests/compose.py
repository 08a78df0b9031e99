"""Reads the YAML that our compose files are written in: mappings, lists, anchors and merges, and refuses the rest.

No library of the lock reads YAML, and one more would be trusted for the sake of one test. What is not known here raises
NotRead, so that a file is never half understood.
"""

import re

KEY = re.compile(r"([\w.<-]+):(?: +(.*))?$")
TOKEN = re.compile(r'\s*("(?:[^"\\])*"|[\[\]{},]|:(?=\s)|[^\s\[\]{},"][^,\]}]*?(?=\s*(?:[,\]}]|:\s|$)))')


class NotRead(Exception):
    """A line of a kind that this reader does not know."""


def read(text):
    """What the file says, with anchors and merges followed. All scalars are text."""
    lines = [(len(line) - len(line.lstrip()), line.strip()) for line in map(_without_comment, text.splitlines())]
    reader = _Reader([line for line in lines if line[1]])
    found = reader.block(0)
    if reader.lines:
        raise NotRead(reader.lines[0])
    return found


def _without_comment(line):
    """A # begins one at the start of a line or after a space, outside quotes."""
    if "\t" in line:
        raise NotRead(line)
    quoted = False
    for at, letter in enumerate(line):
        if letter == '"':
            quoted = not quoted
        if letter == "#" and not quoted and (at == 0 or line[at - 1] == " "):
            return line[:at].rstrip()
    return line.rstrip()


class _Reader:
    def __init__(self, lines):
        self.lines, self.anchors = lines, {}

    def block(self, indent):
        """A mapping or a list whose lines begin at this column."""
        return self._list(indent) if self.lines[0][1].startswith("- ") else self._mapping(indent)

    def _list(self, indent):
        found = []
        while self.lines and self.lines[0][0] == indent and self.lines[0][1].startswith("- "):
            found.append(self._inline(self.lines.pop(0)[1][2:]))
        return found

    def _mapping(self, indent):
        own, merged = {}, {}
        while self.lines and self.lines[0][0] == indent:
            line = self.lines.pop(0)[1]
            if not (found := KEY.match(line)) or found[1] in own:
                raise NotRead(line)
            value = self._value(found[2] or "", indent)
            if found[1] == "<<":
                merged = value
            else:
                own[found[1]] = value
        return merged | own

    def _value(self, text, indent):
        name = None
        if text.startswith("&"):
            name, _space, text = text[1:].partition(" ")
        deeper = self.lines and self.lines[0][0] > indent
        value = self._inline(text) if text else self.block(self.lines[0][0]) if deeper else None
        if name:
            self.anchors[name] = value
        return value

    def _inline(self, text):
        if text.startswith("*"):
            return self.anchors[text[1:]]
        if text[0] in '"[{':
            tokens = _tokens(text)
            found = _flow(tokens)
            if tokens:
                raise NotRead(text)
            return found
        if text[0] in "&!|>'%@`":
            raise NotRead(text)
        return text


def _tokens(text):
    found, at = [], 0
    while at < len(text):
        if not (token := TOKEN.match(text, at)):
            raise NotRead(text)
        found.append(token[1])
        at = token.end()
    return found


def _flow(tokens):
    """[a, b], {a: b}, "a" or a; takes its tokens from the front."""
    first = tokens.pop(0)
    if first == "[":
        found = []
        while tokens[0] != "]":
            found.append(_flow(tokens))
            _comma(tokens, "]")
        tokens.pop(0)
        return found
    if first == "{":
        found = {}
        while tokens[0] != "}":
            key = _flow(tokens)
            if tokens.pop(0) != ":":
                raise NotRead(key)
            found[key] = _flow(tokens)
            _comma(tokens, "}")
        tokens.pop(0)
        return found
    return first[1:-1] if first.startswith('"') else first


def _comma(tokens, end):
    if tokens[0] == ",":
        tokens.pop(0)
    elif tokens[0] != end:
        raise NotRead(tokens[0])
