"""A folder of pictures for each page, one for each role and width, and a sheet that shows them side by side."""

import re
from collections import Counter
from pathlib import Path

PICTURED = (390, 1280)
SHEET = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Every page</title>
<style>body{{font:16px sans-serif}} figure{{display:inline-block;margin:8px;vertical-align:top}} img{{max-height:640px;border:1px solid #999}}</style>
<h1>Every page, role by role</h1>{body}</html>"""


class Gallery:
    """Keeps nothing where no folder is given. Several may fill one folder, each with pages of its own."""

    def __init__(self, site, folder=None):
        self.site, self.folder, self.kept = site, Path(folder) if folder else None, Counter()

    def keep(self, window, role, name, width):
        if not self.folder or width not in PICTURED:
            return
        stem = Path(_plain(name)) / f"{_plain(role)}-{width}"
        self.kept[stem] += 1
        count = "" if self.kept[stem] == 1 else f"-{self.kept[stem]}"
        (self.folder / stem).parent.mkdir(parents=True, exist_ok=True)
        window.screenshot(path=self.folder / f"{stem}{count}.png", full_page=True)

    def close(self):
        """The sheet of all that lies in the folder by now, in the order of the pages' names."""
        if not self.folder:
            return
        rows = (
            f"<h2>{page.name}</h2>"
            + "".join(
                f'<figure><img src="{page.name}/{file.name}" alt="{file.stem}" loading="lazy"></figure>'
                for file in sorted(page.glob("*.png"))
            )
            for page in sorted(self.folder.iterdir())
            if page.is_dir()
        )
        (self.folder / "index.html").write_text(SHEET.format(body="".join(rows)))


def _plain(words):
    return re.sub(r"\W+", "-", words)
