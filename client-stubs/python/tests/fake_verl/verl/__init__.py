# SPDX-License-Identifier: Apache-2.0
"""verl as far as the adapter touches it, written after verl 0.10.0.dev (commits 1dda039b and
39574b51) and, for the legacy trainer, 0.7 (d163ff3a). Names, arguments, the order of what happens
and what imports what by name are theirs; sizes, workers, Ray and OmegaConf are left out.
"""

import importlib
import os

for _module in filter(None, os.getenv("VERL_USE_EXTERNAL_MODULES", "").split(",")):
    importlib.import_module(_module)
