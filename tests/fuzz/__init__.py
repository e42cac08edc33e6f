"""Fuzzing of everything that reads a stranger's bytes: ``python -m tests.fuzz``, and a replay for every run."""
