"""The HTTP door of the hub: the API for programs, the pages for people.

Rules: every route stands in `routes.ROUTES` with the roles that may call it, and whoever is not named may not; no GET
changes anything; every text reaches a page through an autoescaped template; nothing is loaded from outside the hub.
"""
