"""What holds for every test.

Rules: how fast the machine is decides nothing.
"""

from hypothesis import HealthCheck, settings

settings.register_profile("goiso", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("goiso")
