"""What is refused before any parser sees it: files that are too large, too deep, or built to do harm.

Sizes are measured while inflating and never taken from what a file says of itself.
"""

from auditkit.guard.limits import MEGABYTE, Budget, Limits

__all__ = ["MEGABYTE", "Budget", "Limits"]
