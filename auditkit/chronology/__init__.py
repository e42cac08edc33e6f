"""The integrated chronology: all agencies' events in one order, and what to look at in it.

``build`` makes it from the tables of the last collation, ``write`` writes its workbook and picture. Its
checks are modules with the names of :class:`auditkit.chronology.build.Check`. Nothing is ever merged away.
"""
