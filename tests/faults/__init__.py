"""Faults on purpose: real website, worker, clock, Redis, database and mail server, broken one after another while reports are filed.

    make faults N=1000

`python -m tests.faults` prints a line a fault and what was lost, which has to be nothing, into var/faults.json too. A fault lasts until
somebody has run into it; one that nobody met fails the run (docs/decisions/0095).

    kinds.py   what can break, and how          world.py    inside the product: who is there, and what is there in the end
    stack.py   the product as processes         filing.py   members of staff who file reports, and the DSO who reads some
    sink.py, proxy.py, disk.py   what breaks    model.py    who should have been told what, said without asking the product
    paced.py   the product's clock and worker, so that minutes are enough
    run.py     one engine from end to end       judge.py    what is there, held against what should be
"""
