"""Who may do what: accounts, sessions, tokens of programs, the login throttle and the audit trail.

Rules: nothing is allowed that is not granted; a secret is stored only as a hash; every span of time is measured on a
clock that never jumps; passwords are never logged, printed or kept. Own database file, so that the log of facts holds
no person.
"""
