"""Answers carried between two partnerships."""
