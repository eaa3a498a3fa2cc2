#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the Python tests against the built server, in a virtual environment below the build folder.
# The package is installed from a wheel made of these sources; its dependencies are installed once
# and again only when pyproject.toml or the interpreter changes.
#
# Usage: run_tests.sh BUILD_FOLDER; GCPO_DISTRIBUTION names the server's distribution folder.
# PYTHON names the interpreter (default: python3). Without a usable one the tests do not run, which
# this says aloud, and which fails the build where CI=true.
#
# The tests that train a model need PyTorch and TRL, 0.2 to 3 GB by the index that pip uses: they run
# where CI=true or GCPO_TRAINER_TESTS=1. Types and style are checked where CI=true.
set -eu

module=$(cd "$(dirname "$0")/.." && pwd)
build=$1
python=${PYTHON:-python3}

not_run() {
  cat >&2 <<EOF

############################################################################
##                                                                        ##
##   THE PYTHON TESTS DID NOT RUN                                         ##
##                                                                        ##
############################################################################
   Why: $1
   They need Python 3.10 or newer with venv and pip (PYTHON names another
   interpreter than python3). Everything else of this build was tested;
   the Python client was not.
############################################################################

EOF
  if [ "${CI:-}" = true ]; then
    echo "CI=true: the build fails, tests that did not run have not passed." >&2
    exit 1
  fi
  exit 0
}

command -v "$python" >/dev/null 2>&1 || not_run "$python was not found"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
  not_run "$("$python" --version 2>&1) is older than 3.10"
"$python" -c 'import venv, ensurepip' 2>/dev/null || not_run "$python has no venv or no pip"

mkdir -p "$build"
venv=$build/venv
stamp=$venv/dependencies
extras=test
trainers=no
if [ "${CI:-}" = true ] || [ "${GCPO_TRAINER_TESTS:-}" = 1 ]; then
  extras=$extras,test-trainers
  trainers=yes
fi
if [ "${CI:-}" = true ]; then
  extras=$extras,lint
fi
wanted=$({ echo "$extras"; cat "$module/pyproject.toml"; "$python" -c 'import sys; print(sys.version, sys.prefix)'; } | cksum)
export PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1

if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$wanted" ]; then
  rm -rf "$venv"
  "$python" -m venv "$venv" || not_run "$python -m venv failed"
  "$venv/bin/python" -m pip install --quiet "hatchling>=1.26"
  "$venv/bin/python" -m pip install --quiet --no-build-isolation "$module[$extras]"
  printf '%s' "$wanted" >"$stamp"
else
  "$venv/bin/python" -m pip install --quiet --no-build-isolation --no-deps --force-reinstall "$module"
fi

cd "$module"
if [ "${CI:-}" = true ]; then
  "$venv/bin/mypy" --cache-dir "$build/mypy"
  "$venv/bin/ruff" check --cache-dir "$build/ruff"
  "$venv/bin/ruff" format --check --cache-dir "$build/ruff"
fi
set -- -q -o cache_dir="$build/pytest" --junit-xml="$build/tests.xml"
if [ $trainers = yes ]; then
  exec "$venv/bin/python" -m pytest "$@"
fi
"$venv/bin/python" -m pytest "$@" -m "not trainer"
cat <<EOF
The tests marked "trainer" were NOT run: the TRL adapter in training, and gcpo_advantage.losses. They
need PyTorch and TRL. To run them too: GCPO_TRAINER_TESTS=1 mvn verify
EOF
