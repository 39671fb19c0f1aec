"""Validate the score and write it down: `python -m bench.validity [quick]`."""

import sys

from bench.manual import SCORING, marks_of, put
from bench.validity.report import markdown
from bench.validity.study import QUICK, WHOLE, study

SEED = 1


def main() -> None:
    """Play, print what was found, and keep the whole findings in the manual."""
    quick = sys.argv[1:] == ["quick"]
    text = markdown(study(QUICK if quick else WHOLE, SEED))
    print(text)
    if not quick:
        put(SCORING, marks_of("validity"), text)


if __name__ == "__main__":
    main()
