"""`python -m exercise` is the `detente` command."""

from exercise.cli import main

if __name__ == "__main__":
    main()
