"""The computing behind the report: from figures as printed to indicators with rounding intervals, and to pages.

Nothing is imported here, so that ``import analysis.rounding`` costs nothing but rounding.
"""
