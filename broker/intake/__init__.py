"""What other software and other people's tables know, taken in: dossiers, procedures, departments, counters, staff."""
