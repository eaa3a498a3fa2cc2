# SPDX-License-Identifier: Apache-2.0
"""OpenRLHF as far as the adapter touches it, written after 0.11 (commits 3c3be623 and 12bb0364)
and 0.10 (db825a24), whose arguments are flat. Names, arguments, shapes and what imports what by
name are theirs; models, Ray and the batching over them are left out.
"""
