"""`python -m cafe`: the same as the command `cafe`."""

from cafe.cli import main

if __name__ == "__main__":
    main()
