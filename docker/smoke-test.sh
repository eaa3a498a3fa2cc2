#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Starts the image, restricted as README.md says, asks for advantages that are known and stops it:
#   docker/smoke-test.sh [IMAGE]        CONTAINER_TOOL=podman where it is not docker
set -euo pipefail
image=${1:-gcpo-advantage}
tool=${CONTAINER_TOOL:-docker}
restricted=(--pull never --read-only --tmpfs /tmp --cap-drop all --security-opt no-new-privileges)
patience=180

fail() {
  echo "$1" >&2
  "$tool" logs "$server" 2>&1 | tail -n 20 >&2
  exit 1
}

# No port is published: who asks joins the network of the server.
server=$("$tool" run -d --network none --memory 2g "${restricted[@]}" "$image")
trap '"$tool" rm -f "$server" >/dev/null' EXIT
until "$tool" exec "$server" /opt/gcpo-advantage/bin/healthcheck >/dev/null 2>&1; do
  [ "$SECONDS" -lt "$patience" ] || fail "not ready after $patience s"
  sleep 1
done

score() {
  "$tool" run --rm -i --network "container:$server" "${restricted[@]}" "$image" \
    score --target localhost:50051 --in - --out - 2>/dev/null
}

numbers() { # FIELD: its values, one a line
  grep -o "\"$1\":[-0-9.E]*" | cut -d: -f2
}

# Two correct answers at right angles and a wrong one: each correct one has credit ln 2. The
# embeddings are given, so every digit is known.
group='{"group_id": "given", "rollouts": [ {"embeddingF32Le": "AACAPwAAAAA=", "reward": 1}, {"embeddingF32Le": "AAAAAAAAgD8=", "reward": 1}, {"embeddingF32Le": "AACAPwAAAAA=", "reward": 0}]}'
answer=$(score <<<"$group") || fail "no answer"
found=$(numbers advantage <<<"$answer" | tr '\n' ' ')
expected='0.5773492691913574 0.5773492691913574 -1.154698538382715 '
[ "$found" = "$expected" ] || fail "advantages: $found(expected: $expected)"

# Through the model, whose last digits are the processor's.
group='{"group_id": "texts", "prompt": "What is 6 * 7?", "rollouts": [ {"text": "Six times seven is 42.", "reward": 1}, {"text": "Add seven six times: 7, 14, 21, 28, 35, 42.", "reward": 1}, {"text": "Six and seven make 13.", "reward": 0}]}'
answer=$(score <<<"$group") || fail "no answer"
found=$(numbers credit <<<"$answer" | xargs printf '%.4f ')
expected='0.6903 0.6903 0.0000 '
[ "$found" = "$expected" ] || fail "credits: $found(expected: $expected)"

"$tool" stop -t 45 "$server" >/dev/null
status=$("$tool" inspect --format '{{.State.ExitCode}}' "$server")
[ "$status" = 0 ] || fail "exit status: $status (expected: 0)"
echo "the advantages are those expected"
