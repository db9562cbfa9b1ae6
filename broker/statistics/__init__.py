"""What ratings can tell about desks and about change, and how sure one can be of it."""
