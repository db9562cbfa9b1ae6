"""The box that calls: hall screens and LED panels that show whose turn it is and where to go.

Rules: what is shown is a function of the hub's retained states and the time, so a restart, a repeat or a stale message
can never leave a wrong number standing; drivers draw views and decide nothing.
"""
