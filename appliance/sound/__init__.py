"""Clips, sentences and speech: what a box says aloud."""
