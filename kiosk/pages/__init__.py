"""The pages, one file per question that the screen asks."""
