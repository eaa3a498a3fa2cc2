# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "generate.py"


@pytest.fixture
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_folder_is_that_of_the_contract(generate: ModuleType) -> None:
    assert len(generate.sources()) == 6
    assert generate.differences(None) == []
    # Where the compiler is there, also against what it makes now.
    assert generate.differences(generate.usable_protoc()) == []


def test_differences_finds_a_changed_source(
    generate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(generate.PROTO_ROOT, tmp_path / "proto")
    changed = tmp_path / "proto" / generate.PACKAGE / "model.proto"
    changed.write_text(changed.read_text() + "// more\n")
    monkeypatch.setattr(generate, "PROTO_ROOT", tmp_path / "proto")

    assert len(generate.differences(None)) == 2  # the old line and the new one


def test_differences_finds_a_changed_module(
    generate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(generate.GENERATED, tmp_path / "generated")
    changed = tmp_path / "generated" / generate.PACKAGE / "model_pb2.py"
    changed.write_text(changed.read_text() + "# more\n")
    monkeypatch.setattr(generate, "GENERATED", tmp_path / "generated")

    assert len(generate.differences(None)) == 2


def test_generated_code_asks_for_no_runtime_version(generate: ModuleType) -> None:
    modules = list(generate.GENERATED.rglob("*_pb2.py"))

    assert len(modules) == 6
    for module in modules:
        text = module.read_text()
        assert "runtime_version" not in text
        assert "from gcpo." not in text


def test_import_works_beside_another_package_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "gcpo").mkdir()
    (tmp_path / "gcpo" / "__init__.py").write_text("")

    code = (
        "import gcpo, gcpo_advantage;"
        "from gcpo_advantage._generated.gcpo.advantage.v1 import result_pb2;"
        "print(result_pb2.DESCRIPTOR.name)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert done.stdout == "gcpo/advantage/v1/result.proto\n"
