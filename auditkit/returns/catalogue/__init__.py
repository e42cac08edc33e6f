"""The words of all findings, one module a subject; :mod:`auditkit.returns.findings` puts them together."""
