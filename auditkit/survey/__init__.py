"""The report of a survey: what was answered, in figures, charts and sentences, in Excel and in Word.

``replies`` reads who answered what from the tables that ``collate`` kept, ``count`` counts it, ``hide`` takes
out counts that are too small to be shown, ``say`` puts the figures into sentences (their wording is in
``words.yaml``), and ``excel`` and ``word`` write both down.
"""
