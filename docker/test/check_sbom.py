# SPDX-License-Identifier: Apache-2.0
"""Checks that the SBOM on standard input names what the server is made of, and its licences."""

import json
import sys

# Group and name.
EXPECTED = [
    ("io.grpc", "grpc-netty"),
    ("io.netty", "netty-codec-http2"),
    ("io.netty", "netty-tcnative-boringssl-static"),
    ("com.microsoft.onnxruntime", "onnxruntime"),
    ("ai.djl.huggingface", "tokenizers"),
    ("com.google.protobuf", "protobuf-java"),
    ("", "all-MiniLM-L6-v2"),
]


def main():
    bom = json.load(sys.stdin)
    problems = []
    if bom.get("bomFormat") != "CycloneDX":
        problems.append(f"bomFormat: {bom.get('bomFormat')} (expected: CycloneDX)")
    found = {(c.get("group", ""), c["name"]): c for c in bom["components"]}
    for key in EXPECTED:
        if not found.get(key, {}).get("version"):
            problems.append(f"{'/'.join(key)}: not there, or without a version")
    problems += [f"{'/'.join(k)}: no licence" for k, c in found.items() if not c.get("licenses")]
    for problem in problems:
        print(problem)
    print(f"{len(found)} components")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
