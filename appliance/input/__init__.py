"""Keys, keypads and scanners that Linux shows as input devices, read directly; push buttons and lamps on pins."""
