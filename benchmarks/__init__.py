"""What auditkit takes in time and memory, beside other ways of doing the same: ``python -m benchmarks``."""
