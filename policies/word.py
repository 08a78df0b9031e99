"""A Word document turned into Markdown: headings, bullets, numbers, bold, links and tables; the rest is reported.

Text that somebody put in while changes were tracked is kept, text that they took out is not: as Word would show it.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from docx import Document
from docx.oxml.ns import qn
from docx.table import Table

from .plain_text import escaped

LOST = (  # (what it is in the file, what it is called)
    ("w:drawing", lambda count: ngettext("%(count)d picture", "%(count)d pictures", count)),
    ("w:footnoteReference", lambda count: ngettext("%(count)d footnote", "%(count)d footnotes", count)),
    ("w:endnoteReference", lambda count: ngettext("%(count)d endnote", "%(count)d endnotes", count)),
    ("w:commentReference", lambda count: ngettext("%(count)d comment", "%(count)d comments", count)),
    ("w:txbxContent", lambda count: ngettext("%(count)d box with text", "%(count)d boxes with text", count)),
    ("w:del", lambda count: ngettext("%(count)d tracked deletion", "%(count)d tracked deletions", count)),
)


class Word:
    def __init__(self, file):
        self.document = Document(file)
        self.written, self.after = [], ""
        for part in self.document.iter_inner_content():
            if isinstance(part, Table):
                self._table(part)
            else:
                self._paragraph(part)
        self.text = "\n\n".join(self.written) + "\n" if self.written else ""
        self.left_out = [*self._lost(), *self._heads()]

    def _paragraph(self, paragraph):
        words = self._words(paragraph._p).strip()
        if not words:
            return
        style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
        kind = self._kind(paragraph, style)
        if style.startswith("heading") or style == "title":
            level = int(style.rsplit(" ", 1)[-1]) if style[-1:].isdigit() else 1
            words = f"{'#' * min(level + (style != 'title'), 4)} {words.replace('**', '')}"
        elif kind:
            words = f"{kind} {words}"
        if kind and kind == self.after:
            self.written[-1] += "\n" + words
        else:
            self.written.append(words)
        self.after = kind

    def _kind(self, paragraph, style):
        """“-” of a bullet, “1.” of a number; what is in a list without saying which counts as a bullet."""
        if style.startswith("list number"):
            return "1."
        numbered = paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None
        return "-" if style.startswith("list bullet") or numbered and not style.startswith("heading") else ""

    def _words(self, node):
        """What is written in it, in order; bold and links as Markdown says them."""
        found = []
        for child in node:
            if child.tag == qn("w:r"):
                found.append(self._run(child))
            elif child.tag == qn("w:hyperlink"):
                found.append(self._link(child))
            elif child.tag in (qn("w:ins"), qn("w:smartTag"), qn("w:sdt"), qn("w:sdtContent")):
                found.append(self._words(child))
        return "".join(found).replace("****", "")

    def _run(self, run):
        signs = {qn("w:tab"): " ", qn("w:br"): " ", qn("w:cr"): " ", qn("w:noBreakHyphen"): "-"}
        text = "".join(one.text or "" if one.tag == qn("w:t") else signs.get(one.tag, "") for one in run)
        if not text.strip():
            return text
        bold = run.rPr is not None and run.rPr.find(qn("w:b")) is not None
        words = escaped(text.strip())
        around = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return around[0] + (f"**{words}**" if bold else words) + around[1]

    def _link(self, link):
        words = self._words(link)
        to = self.document.part.rels.get(link.get(qn("r:id")))
        address = to.target_ref if to is not None and to.is_external else ""
        return f"[{words.replace('**', '')}]({address})" if address.startswith(("http", "mailto")) else words

    def _table(self, table):
        rows = [
            [" ".join(self._words(one._p) for one in cell.paragraphs).strip() for cell in row.cells]
            for row in table.rows
        ]
        if rows:
            head, *rest = [" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows]
            self.written.append(
                "\n".join([f"| {head} |", "|" + " --- |" * len(rows[0]), *(f"| {row} |" for row in rest)])
            )
            self.after = ""

    def _lost(self):
        for tag, called in LOST:
            if count := sum(1 for _one in self.document.element.body.iter(qn(tag))):
                yield _("Left out: %(what)s") % {"what": called(count) % {"count": count}}

    def _heads(self):
        """Heads and feet of pages, each said once."""
        said = {
            " ".join(one.text.split())
            for section in self.document.sections
            for part in (section.header, section.footer)
            for one in part.paragraphs
        }
        return [_("Left out, as it only belongs to a page: “%(line)s”") % {"line": one} for one in sorted(said - {""})]
