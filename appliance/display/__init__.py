"""What every box with a screen shares: colours, fonts, unclipped text, a canvas, a window on its own thread."""
