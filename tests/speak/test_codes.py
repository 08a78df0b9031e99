"""Six words of our own list: enough of them, none to be mistaken for another, and nothing of them kept that could be read."""

import math
import re
from uuid import uuid4

from incidents.speak import codes
from incidents.speak.words import WORDS

# the longest first: whole groups of letters that are heard, or seen, as one
HEARD = (
    *(("tch", "ch"), ("ph", "f"), ("ght", "t"), ("gh", ""), ("kn", "n"), ("wr", "r"), ("wh", "w"), ("ck", "k")),
    *(("dge", "j"), ("oar|oor|our|aur|ore$", "or"), ("eer|ere$|ear$|ier", "eer"), ("air|are$", "air")),
    *(("mb$", "m"), ("sc(?=[eiy])", "s"), ("c(?=[eiy])", "s"), ("c(?!h)", "k"), ("z", "s"), ("g(?=[eiy])", "j")),
    *(("ea|ee|ie|ei", "e"), ("ai|ay|ey", "a"), ("oa|ow|oe", "o"), ("oo|ue|ew|ui", "u"), ("y", "i"), ("e$", "")),
    (r"(.)\1", r"\1"),
)
SEEN = (("rn", "m"), ("nn", "m"), ("vv", "w"), ("cl", "d"), ("ii", "u"), ("[jl]", "i"), ("q", "g"))
# two spellings of one sound that no rule above finds: neither of them is in the list
PAIRS = (
    "bear bare dear deer flour flower hair hare knight night meet meat pair pear peace piece plain plane rain reign sail sale"
    " sea see son sun tail tale wait weight week weak wood would blue blew brake break buy by cell sell cent scent hole whole"
    " hour our key quay knot not mail male right write road rode root route sew sow stair stare steal steel story storey"
    " there their threw through toe tow waist waste wear where which witch for four one won two too you ewe eye mussel muscle"
)
RUDE = (
    "arse bloody bugger bum cock crap damn dick fanny fart git hell idiot knob nob piss poo pussy sex shit slag slut tit twat"
    " wank willy wee bitch blood dead death die drug drunk gun hate kill knife naked nude rape slave stab suicide ugly victim"
)


def as_if(word, rules):
    for written, said in rules:
        word = re.sub(written, said, word)
    return word


def test_six_words_are_more_than_64_bits_and_none_is_like_another():
    assert codes.HOW_MANY * math.log2(len(WORDS)) >= 64
    assert len({word[: codes.LETTERS] for word in WORDS}) == len(WORDS)
    assert all(re.fullmatch("[a-z]{4,10}", word) for word in WORDS)
    for rules in (HEARD, SEEN):
        alike = {}
        for word in WORDS:
            alike.setdefault(as_if(word, rules), []).append(word)
        assert [words for words in alike.values() if len(words) > 1] == []
    assert set(WORDS) & set(PAIRS.split()) == set()
    assert [word for word in WORDS if set(RUDE.split()) & {word, word.removesuffix("s"), word.removesuffix("y")}] == []


def test_a_form_has_one_code_and_it_is_known_by_four_letters_of_each_word_in_any_case(db):
    form = uuid4()
    words = codes.words_for(form)
    assert words == codes.words_for(form) != codes.words_for(uuid4())
    assert len(words) == 6
    assert set(words) <= set(WORDS)
    kept = codes.kept_of(words)
    assert codes.kept_of(codes.typed(", ".join(f"{word[:4].upper()}xyz" for word in words) + " ")) == kept
    assert codes.kept_of(words[::-1]) != kept
    assert len(kept) == 64
    assert not any(word in kept for word in words)
    for odd in ("", "one", "\ud800 a b c d e", "é" * 200):
        assert codes.kept_of(codes.typed(odd)) != kept
