"""The words of which a receipt is made: our own list (words.txt), of words that a child of nine can spell.

None is rude or frightens, no two begin with the same four letters (so four are enough, however the rest is spelled), none
looks or sounds like another. tests/speak/test_codes.py holds the list to that. It stays as it is: another word in it would
make other codes of the forms that lie open.
"""

from pathlib import Path

WORDS = tuple(Path(__file__).with_name("words.txt").read_text().split())
