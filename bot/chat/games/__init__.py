"""How challenges are worded: what all have in common, and one file of words for each kind.

A module that holds `WORDS` words the kind of its name; a new kind brings its own file.
"""
