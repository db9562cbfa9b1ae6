"""Days of a centre on virtual time: simulated citizens and clerks in front of the hub's own rules.

Rules: pure; the rules are the hub's, called as the hub calls them; chance is passed in.
"""
