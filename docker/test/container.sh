# SPDX-License-Identifier: Apache-2.0
# The image, running.

# A group of n rollouts, each of so many words that differ.
groups() { # GROUPS ROLLOUTS WORDS
  awk -v groups="$1" -v rollouts="$2" -v words="$3" 'BEGIN {
    for (g = 0; g < groups; g++) {
      printf "{\"group_id\": \"g%d\", \"rollouts\": [", g
      for (r = 0; r < rollouts; r++) {
        printf "%s{\"reward\": %d, \"text\": \"", r ? ", " : "", r % 2
        for (w = 0; w < words; w++) printf "word %d ", (g * 7919 + r * 104729 + w * 31) % 99991
        printf "\"}"
      }
      print "]}"
    }
  }'
}

status_field() { podman exec "$1" sed -n "s/^$2:[[:space:]]*//p" /proc/1/status; }

root_is_read_only() {
  podman exec server awk '$2 == "/" {print $4}' /proc/mounts | grep -qE '(^|,)ro(,|$)' &&
    not podman exec --user 0 server touch "$HOME_IN_IMAGE/changed"
}

commit_in_metrics() {
  page server /metrics | grep '^gcpo_build_info' | grep -F "commit=\"$commit\""
}

logs_are_json() {
  podman logs server 2>&1 | python3 -c 'import json, sys
lines = [json.loads(line) for line in sys.stdin]
assert len(lines) > 5, f"{len(lines)} lines"'
}

healthcheck_without_a_server() {
  local output
  output=$(podman run --rm --network none "${RESTRICTED[@]}" --entrypoint "$HOME_IN_IMAGE/bin/healthcheck" \
    "$IMAGE") && return 1
  grep 'nobody listens' <<<"$output"
}

runs() { podman run --rm -i --network none "${RESTRICTED[@]}" "$IMAGE" "$@"; }

over_tls() {
  local tls=$work/tls
  mkdir -p "$tls"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout "$tls/tls.key" -out "$tls/tls.crt" 2>/dev/null
  chmod 644 "$tls/tls.key"
  start tls --volume "$tls:/tls:ro" -e GCPO_CONFIG_GRPC_INSECURE=false \
    -e GCPO_CONFIG_GRPC_TLS_CERTIFICATE_CHAIN=/tls/tls.crt -e GCPO_CONFIG_GRPC_TLS_PRIVATE_KEY=/tls/tls.key
  groups 1 2 5 | podman run --rm -i --network container:tls "${RESTRICTED[@]}" --volume "$tls:/tls:ro" "$IMAGE" \
    score --target localhost:50051 --tls-roots /tls/tls.crt --in - --out - | grep '"advantage":'
}

# Far more than it can do in time, 10 MB from each of three callers: they are refused, and it goes on.
overfed() {
  local caller callers=()
  groups 100 8 1500 >"$work/large.jsonl"
  for caller in 1 2 3; do
    tool small score --target localhost:50051 --deadline 20 --groups-per-request 100 --in - --out - \
      <"$work/large.jsonl" >"$work/overfed.$caller" 2>&1 &
    callers+=($!)
  done
  wait "${callers[@]}" || true
  grep -qE 'DEADLINE_EXCEEDED|UNAVAILABLE|RESOURCE_EXHAUSTED' "$work"/overfed.? || {
    echo "invalid: nothing was refused"
    return 1
  }
  is "killed for its memory" "$(inspect small '{{.State.OOMKilled}}')" false &&
    is running "$(inspect small '{{.State.Running}}')" true &&
    await 60 podman healthcheck run small &&
    groups 1 2 5 | tool small score --target localhost:50051 --in - --out - | grep '"advantage":'
}

heap_within() { # BYTES
  local heap
  heap=$(metric small jvm_memory_max_bytes 'area="heap"')
  [ "$heap" -gt 0 ] && [ "$heap" -le "$1" ] || { echo "heap: $heap (expected: <= $1)"; return 1; }
}

sees_one_processor() {
  podman run --rm --network none --cpus 1 "${RESTRICTED[@]}" \
    --entrypoint java/bin/java "$IMAGE" -XshowSettings:system -version 2>&1 | grep 'Effective CPU Count: 1$'
}

# SIGTERM comes while a call computes: the call is answered, the exit status is 0.
drains() {
  start drained -e GCPO_CONFIG_GRPC_DRAIN_TIMEOUT=300s
  groups 20 4 200 >"$work/call.jsonl"
  tool drained score --target localhost:50051 --groups-per-request 20 --in - --out - \
    <"$work/call.jsonl" >"$work/answer.jsonl" 2>"$work/answer.err" &
  local caller=$!
  await 120 queued drained || return 1
  podman kill --signal TERM drained >/dev/null
  kill -0 "$caller" 2>/dev/null || { echo "invalid: the call ended before SIGTERM"; return 1; }
  wait "$caller" || { cat "$work/answer.err"; return 1; }
  is "answered groups" "$(grep -c '"advantage":' "$work/answer.jsonl")" 20 &&
    is "exit status" "$(podman wait drained)" 0
}

queued() { [ "$(metric "$1" gcpo_queue_tokens)" -gt 0 ]; }

check_container() {
  echo "== container"
  start server --memory 2g || { check "it starts" false; podman logs server | tail; return; }
  check "uid and gid" is ids "$(status_field server Uid | cut -f1) $(status_field server Gid | cut -f1)" "10001 10001"
  check "no capabilities" is CapBnd "$(status_field server CapBnd)" 0000000000000000
  check "no new privileges" is NoNewPrivs "$(status_field server NoNewPrivs)" 1
  check "root file system is read-only, for root too" root_is_read_only
  check "health check of a server" podman healthcheck run server
  check "health check without a server fails" healthcheck_without_a_server
  check "the commit in gcpo_build_info" commit_in_metrics
  check "every log line is JSON" logs_are_json
  podman rm -f -t 0 server >/dev/null

  check "demo" runs demo
  check "serves over TLS" over_tls
  podman rm -f -t 0 tls >/dev/null

  start small --memory 768m --cpus 1
  check "a limit of one processor is seen" sees_one_processor
  check "the heap has half of the memory limit" heap_within $((768 * 1024 * 1024 / 2))
  check "memory limit under too many calls" overfed
  podman rm -f -t 0 small >/dev/null

  check "SIGTERM in the middle of a call" drains
  check "smoke test" env CONTAINER_TOOL=podman docker/smoke-test.sh "$IMAGE"
}
