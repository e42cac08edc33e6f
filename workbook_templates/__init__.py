"""Ready-made audits, one folder each; ``auditkit new`` copies one into a round."""
