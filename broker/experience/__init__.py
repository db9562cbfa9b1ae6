"""What the hall knows by experience: how long calls take, how they spread, and how well waits were foretold.

All of it is counts of today and of the newest days before it, learned as facts happen, or read back from the read
models after a restart, with the very same result. Rules: pure but for `rows`, which reads.
"""
