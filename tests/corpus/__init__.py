"""Hostile and broken files made by code, each with the outcome that it should have."""
