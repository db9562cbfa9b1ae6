"""How a process of the house lives: configuration, clock, loop, link, journal, service.

Rules: one inbox and one owner thread per process; everything else only posts. Importing a module opens nothing.
"""
