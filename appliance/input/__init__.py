"""Keys, keypads and scanners that Linux shows as input devices, read directly."""
