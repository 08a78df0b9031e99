"""What things cost, as ratios measured inside one run: `make bench`. A benchmark is a bench_*.py here (see __main__.py)."""
