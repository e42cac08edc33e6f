"""Spreadsheet-centred toolkit for children's safeguarding audits in England."""

__version__ = "0.1.0"
