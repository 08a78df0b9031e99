"""Initials show whom a case concerns, and name nobody."""

import pytest

from incidents.initials import initials_in


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("Zed A (12) and Mia D", "ZA, MD"),
        ("Zed A, 12", "ZA"),
        ("Élodie O’Brien-Smith", "ÉO"),
        ("A boy in Makers", "M"),
        ("My daughter Ella", "E"),
        ("owen t (15)", ""),
        ("Ben S. Ella", "BS, E"),
        ("J. E. is 12", "JE"),
        ("Ben Ben Ben Ben Ben", "BBB"),
        ("", ""),
        (None, ""),
    ],
)
def test_initials_in_what_people_write(who, shown):
    assert initials_in(who) == shown
