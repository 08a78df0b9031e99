"""The texts of a page, block by block: what a reader meets in one piece."""

from html.parser import HTMLParser

BLOCKS = {
    "p", "li", "dd", "dt", "td", "th", "div", "section", "legend", "label", "caption", "h1", "h2", "h3", "footer",
    "header", "main", "aside", "nav", "form", "ul", "ol", "dl", "table", "button", "summary", "details", "option",
}  # fmt: skip
UNREAD = {"script", "style", "svg", "title", "textarea", "noscript"}


class Texts(HTMLParser):
    """The page's blocks of text in order: (tag, whether in <main>, the pieces of text in it)."""

    def __init__(self, html):
        super().__init__()
        self.blocks, self.open, self.unread, self.main = [], [], 0, False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.unread += tag in UNREAD
        self.main |= tag == "main"
        if tag in BLOCKS:
            self.open.append((tag, self.main, []))
            self.blocks.append(self.open[-1])

    def handle_endtag(self, tag):
        self.unread -= tag in UNREAD
        self.main &= tag != "main"
        if tag in BLOCKS and any(block[0] == tag for block in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, text):
        if text.strip() and self.open and not self.unread:
            self.open[-1][2].append(" ".join(text.split()))
