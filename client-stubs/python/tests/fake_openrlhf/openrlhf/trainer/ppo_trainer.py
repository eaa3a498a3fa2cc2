# SPDX-License-Identifier: Apache-2.0
from openrlhf.trainer.ppo_utils.experience_maker import RemoteExperienceMaker

EXPERIENCE_MAKER = RemoteExperienceMaker
