#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the generated messages of the contract under src/gcpo_advantage/_generated.

They are made by protoc 3.21.12 (Debian: protobuf-compiler and libprotobuf-dev), the release whose
output carries no check of the protobuf runtime and so imports on every protobuf from 4.21 to 7.
Newer compilers demand the newest runtime, which the trainers' environments do not have.

Usage: generate.py [--check]
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROTOC_VERSION = "3.21.12"
PACKAGE = Path("gcpo/advantage/v1")
MANIFEST = "MANIFEST.sha256"

_MODULE = Path(__file__).resolve().parent.parent
PROTO_ROOT = _MODULE.parent.parent / "proto" / "src" / "main" / "proto"
GENERATED = _MODULE / "src" / "gcpo_advantage" / "_generated"

_ABSOLUTE_IMPORT = re.compile(r"^from gcpo\.advantage\.v1 import ", re.MULTILINE)


def usable_protoc() -> str | None:
    """The path of a protoc of exactly the right release, or None."""
    protoc = shutil.which("protoc")
    if protoc is None:
        return None
    version = subprocess.run([protoc, "--version"], capture_output=True, text=True, check=True)
    return protoc if version.stdout.split()[-1] == PROTOC_VERSION else None


def sources() -> list[Path]:
    """The contract's files, sorted by name."""
    return sorted((PROTO_ROOT / PACKAGE).glob("*.proto"))


def generate(protoc: str, target: Path) -> None:
    """Writes packages, modules, type stubs and the manifest into an empty or stale folder."""
    imports = _common_protos()
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    subprocess.run(
        [
            protoc,
            f"--proto_path={PROTO_ROOT}",
            f"--proto_path={imports}",
            f"--python_out={target}",
            f"--pyi_out={target}",
            *(str(source) for source in sources()),
        ],
        check=True,
    )
    for generated in target.rglob("*_pb2.py*"):
        # Relative, so that they import wherever the package lies and beside any other "gcpo".
        text = generated.read_text(encoding="utf-8")
        generated.write_text(_ABSOLUTE_IMPORT.sub("from . import ", text), encoding="utf-8")
    folder = target
    (folder / "__init__.py").write_text("", encoding="utf-8")
    for part in PACKAGE.parts:
        folder = folder / part
        (folder / "__init__.py").write_text("", encoding="utf-8")
    (target / MANIFEST).write_text(manifest(target), encoding="utf-8")


def manifest(target: Path) -> str:
    """SHA-256 of every source and of everything generated from it, one a line."""
    lines = [f"{_sha256(source)}  {PACKAGE / source.name}\n" for source in sources()]
    lines += [
        f"{_sha256(generated)}  {generated.relative_to(target).as_posix()}\n"
        for generated in sorted(target.rglob("*_pb2.py*"))
    ]
    return "".join(lines)


def differences(protoc: str | None) -> list[str]:
    """What differs between the folder and the contract; empty when nothing does.

    With a protoc the folder is generated anew and compared; without one, sources and folder are
    compared with the manifest that the last generation left.
    """
    if protoc is None:
        current = manifest(GENERATED)
        stored = (GENERATED / MANIFEST).read_text(encoding="utf-8")
        return sorted(set(current.splitlines()) ^ set(stored.splitlines()))
    with tempfile.TemporaryDirectory() as temporary:
        fresh = Path(temporary) / "generated"
        generate(protoc, fresh)
        names = {path.relative_to(root) for root in (fresh, GENERATED) for path in _files(root)}
        return sorted(str(name) for name in names if not _same(fresh / name, GENERATED / name))


def _files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc"]


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _common_protos() -> Path:
    # The package with the generated google.rpc also brings its .proto files.
    from google.rpc import status_pb2

    return Path(status_pb2.__file__).resolve().parent.parent.parent


def main() -> int:
    """Generates, or with --check only compares; 0 when all is well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare only")
    check = parser.parse_args().check
    protoc = usable_protoc()
    if not check:
        if protoc is None:
            print(f"protoc: missing or of another release (expected: {PROTOC_VERSION})")
            return 1
        generate(protoc, GENERATED)
    stale = differences(protoc)
    for name in stale:
        print(f"differs: {name}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
