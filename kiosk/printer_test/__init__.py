"""`goiso printer-test`: meet a printer, print a page that proves what it can, and say what to write down."""
