"""What is said between the boxes and the hub: ids, messages, topics and their codec.

Rules: pure (no I/O, no clock, no randomness); one struct per message; one table (`topics.TABLE`) binds a
topic to its struct, quality of service and retain flag, and nobody else writes a topic string.
"""
