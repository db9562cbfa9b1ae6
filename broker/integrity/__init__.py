"""Are the presses on the rating buttons those of citizens? What is counted, the tests, and the cases they open."""
