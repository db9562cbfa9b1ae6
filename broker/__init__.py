"""The hub: assigns numbers to counters, adds up ratings, and can prove both.

The rules are pure (`model`, `lobby`, `decide`, `apply`, `scheduling`, `numbering`, `ratings`, `tallies`, ...); the
edges are `store` (SQLite), `hub` (the writer), `bus` (MQTT) and `web` (HTTP).
"""
