"""The commands, one module each: parse options, call the library, say what happened. No logic.

Every module defines ``command``. What they need to do their work is imported when they run, so that
``auditkit --help`` answers at once.
"""
