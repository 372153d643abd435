"""The control table (作業時程管制表) as one immutable value, and what is computed from it.

Pure Python: no Django, no database.
"""
