"""A folder of pictures, one a page, role and width, with a page that shows them side by side."""

import re
from collections import defaultdict
from pathlib import Path

PICTURED = (390, 1280)
SHEET = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Every page</title>
<style>body{{font:16px sans-serif}} figure{{display:inline-block;margin:8px;vertical-align:top}} img{{max-height:640px;border:1px solid #999}}</style>
<h1>Every page, role by role</h1>{body}</html>"""


class Gallery:
    """Keeps nothing where no folder is given."""

    def __init__(self, site, folder=None):
        self.site, self.folder, self.kept = site, Path(folder) if folder else None, defaultdict(list)

    def keep(self, window, role, name, width):
        if not self.folder or width not in PICTURED:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        stem = re.sub(r"\W+", "-", f"{name}-{role}-{width}")
        count = sum(one.startswith(stem) for one in self.kept[name])
        file = f"{stem}{f'-{count + 1}' if count else ''}.png"
        window.screenshot(path=self.folder / file, full_page=True)
        self.kept[name].append(file)

    def close(self):
        """The sheet, in the order of the pages' names."""
        if not self.folder:
            return
        rows = (
            f"<h2>{name}</h2>"
            + "".join(f'<figure><img src="{file}" alt="{file}" loading="lazy"></figure>' for file in files)
            for name, files in sorted(self.kept.items())
        )
        (self.folder / "index.html").write_text(SHEET.format(body="".join(rows)))
