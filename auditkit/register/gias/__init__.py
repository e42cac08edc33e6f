"""Registers from Get Information About Schools (GIAS), the government's list of schools in England."""
