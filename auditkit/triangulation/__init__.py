"""What agencies say of themselves, what practitioners say, and how cases were graded, side by side.

``self_rated``, ``practice`` and ``cases`` each read one round that was collated, ``match`` finds what goes
with what, ``beside`` lays the figures side by side and ranks the differences, ``sheets`` and ``write`` put
them into files.

The figures of practitioners are worked out from nothing but what the survey's own report shows.
"""
