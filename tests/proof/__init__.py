"""Five proofs beside the matrix (tests/matrix): what nobody thought of is tried at random, each time with a number to begin from.

sequences.py   whatever is done to a case in whatever order, whoever it is about never sees it
pairs.py       all that they can see is the same with the case and without it
canaries.py    no word of a case lies readable anywhere: database, log, cache, broker, files, mails
pictures.py    of two who work at once with permission and pictures, none leaves one out that nothing covers and nobody takes down
fuzz.py        whatever is posted to whatever page by whomever, it never answers with a 500

`python -m tests.proof` runs them with full figures (`make nightly`), test_proof.py with few of each.
"""
