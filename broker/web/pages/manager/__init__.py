"""The manager's pages, a module for each.

Rules: a percentage never stands without its numerator, denominator, interval and response; never "100 %"; a dash where
nothing was counted; no single rating; what a chart shows stands in a table below it too.
"""
