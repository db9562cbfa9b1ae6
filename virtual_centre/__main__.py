"""`python -m virtual_centre demo`: a whole centre on one machine."""

import sys

from virtual_centre.supervisor import main

USAGE = "usage: python -m virtual_centre demo [--port N] [--bus-port N] [--data DIR] [--speed X]\n"

if __name__ == "__main__":
    if sys.argv[1:2] != ["demo"]:
        sys.stderr.write(USAGE)
        sys.exit(2)
    sys.exit(main(sys.argv[2:]))
