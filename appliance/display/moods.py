"""Which of five faces the levels of a rating scale have, 0 the happiest.

Rules: pure; the same on every screen and page.
"""

MOODS: dict[int, tuple[int, ...]] = {2: (0, 4), 3: (0, 2, 4), 4: (0, 1, 2, 4), 5: (0, 1, 2, 3, 4)}
"""By the number of levels, the best level first."""
