"""Ways of doing the same work, one module each.

Nothing is imported here: what a rival imports is measured with it.
"""
