"""`python -m cafe.state`: the table of phases as a picture."""

from cafe.state.phases import picture

print(picture())
