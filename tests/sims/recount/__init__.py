"""A finished game counted anew from its audit file, with nothing of the program's own arithmetic.

What is read is the JSON that anybody can have; what is known besides are the rules as the
specification tells them. Where this and the program agree, two readings of the rules agree.
"""
