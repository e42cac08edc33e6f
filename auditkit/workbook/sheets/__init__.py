"""The sheets of a workbook, one module each, with ``write(book)`` or, for answers, ``write(book, block)``."""
