"""Made-up returns for a round: for ``auditkit demo``, the examples and the tests."""
