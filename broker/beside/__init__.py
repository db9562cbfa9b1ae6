"""What takes long is done beside the hub, by processes of their own that let everything else go first.

Rules: the hub only starts them, hears how far they are and reads what they wrote; it never waits for them.
"""
