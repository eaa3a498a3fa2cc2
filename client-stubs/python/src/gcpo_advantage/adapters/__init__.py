# SPDX-License-Identifier: Apache-2.0
"""One module for each trainer. None imports its trainer before it is used."""
