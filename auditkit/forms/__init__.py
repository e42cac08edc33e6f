"""An officer's existing Excel form into a draft definition.

The form comes from outside and was laid out by hand, so nothing is taken for granted. ``workbook`` reads it
behind the guard, ``heads`` finds the tables of questions by the words of their headers (``words.yaml``),
``tables`` says what each row is, ``scales`` and ``around`` find ratings, cover and title, and ``draft`` puts
all together. Every cell that isn't blank is placed or listed.
"""
