"""The box on which a citizen says how it was: a few buttons with lamps, one vote per visit, nothing lost.

Rules: a lamp says "thank you" only after the press is on disk; every press is told to the hub, which alone decides what
counts; an event leaves this box only when the hub has it on its own disk. Runs without pygame.
"""
