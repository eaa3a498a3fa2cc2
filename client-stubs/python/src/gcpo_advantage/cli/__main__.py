# SPDX-License-Identifier: Apache-2.0
"""``python -m gcpo_advantage.cli``."""

import sys

from gcpo_advantage.cli import main

if __name__ == "__main__":
    sys.exit(main())
