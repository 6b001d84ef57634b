"""What stands on the wall, in words: decided here once, for the projected terminal and for the page of a second room.

Pure functions of the state: no widget, no page, no time but the one that is given.
"""
