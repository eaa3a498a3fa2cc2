# SPDX-License-Identifier: Apache-2.0
"""ms-swift trains GRPO with the advantage service by this plugin.

Name it where training starts, the server in the environment:
``GCPO_TARGET=localhost:50051 swift rlhf --rlhf_type grpo --external_plugins ms_swift_plugin.py``.
"""

from gcpo_advantage.adapters import ms_swift

ms_swift.install()
