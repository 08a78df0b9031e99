"""`python -m tests.bench.alone bench_sweep small`: one benchmark's `main(size)`, on a test database made for it."""

import sys
from importlib import import_module

import django
from django.test.utils import get_runner


def run(name, size):
    django.setup()
    from django.conf import settings

    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        import_module(f"tests.bench.{name}").main(size)
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    run(*sys.argv[1:])
