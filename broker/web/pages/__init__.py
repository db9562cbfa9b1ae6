"""The pages for people: rendered here, kept live by small scripts that fetch the same rendering again.

Rules: a figure is put into words in one place, the template; a script moves regions, sends presses and counts seconds,
and knows no words of its own.
"""
