"""The box at a clerk's hand: a bare keypad does what the desk page does, lamps or a display say what became of it.

Rules: a press is one wish with an end of its own, asked of the hub until it is answered and never carried out later;
nothing is done twice because it was asked twice; what matters has a second key. Runs without pygame, unless it has a
display.
"""
