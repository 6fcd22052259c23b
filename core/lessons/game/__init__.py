"""What all group challenges have in common; each kind is one file in `core.lessons.challenges`.

A game is a pure function of what came in: the same inputs in the same order make the same game, to
the last digit. The log of inputs is therefore the game, its audit, and its restart.
"""
