"""Reporting: what units tell each period, how it stands beside the plan, and evidence.

Reports are no part of the plan's paper: nothing here makes a new edition of the plan.
"""
