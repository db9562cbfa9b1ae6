"""`python -m broker.report`: `goiso report`, for the hub that has reports written beside it."""

import sys

from broker.report.command import main

if __name__ == "__main__":
    sys.exit(main())
