# SPDX-License-Identifier: Apache-2.0
"""The command ``gcpo-advantage-client``, also ``python -m gcpo_advantage.cli``.

Exit codes: 0 fine; 1 a group failed, or a service says that it does not serve; 2 bad input or
usage; 3 the service could not be had; 130 interrupted; 141 whoever read the output has gone.
"""

from gcpo_advantage.cli._main import main

__all__ = ["main"]
