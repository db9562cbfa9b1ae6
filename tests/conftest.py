"""What holds for every test.

Rules: how fast the machine is decides nothing.
"""

from hypothesis import settings

settings.register_profile("goiso", deadline=None)
settings.load_profile("goiso")
