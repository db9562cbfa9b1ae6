"""The ticket dispenser: a touch screen and a printer, and one ticket for one touch."""
