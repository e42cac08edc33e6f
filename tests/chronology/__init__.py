"""Tests of the integrated chronology."""
