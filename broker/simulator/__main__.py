"""`python -m broker.simulator`: `goiso simulate`, for the hub that has questions answered beside it."""

import sys

from broker.simulator.command import main

if __name__ == "__main__":
    sys.exit(main())
