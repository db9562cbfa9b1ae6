"""`goiso led-test`: how an unknown LED panel wants to be spoken to, found by hand and eye."""
