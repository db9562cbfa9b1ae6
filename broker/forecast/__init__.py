"""How long a wait will take, honestly: a range that is kept four times out of five, or nothing.

A forecast is a function from a `Situation` to a `Band` and a chance; `gamma_band` is the one that works from the first
day. Rules: pure; what calls take is learned from the log, never read from whoever plays the citizens.
"""
