"""Faults on purpose: real website, worker, clock, Redis, database and mail server, broken one after another while reports are filed.

    make faults N=1000

Nothing here is a test of pytest's: `python -m tests.faults` prints a line a fault and what was lost, which has to be nothing.
"""
