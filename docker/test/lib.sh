# SPDX-License-Identifier: Apache-2.0
# What the parts of the suite share. Sourced by run; each part is sourced in turn.

BUILD_BASE=localhost/gcpo-test-build
RUNTIME_BASE=localhost/gcpo-test-runtime
IMAGE=localhost/gcpo-advantage:test
HOME_IN_IMAGE=/opt/gcpo-advantage
failed=0
checks=0

# check NAME COMMAND...: runs it and says how it went; what it printed only if it failed.
check() {
  local name=$1 output
  shift
  checks=$((checks + 1))
  if output=$("$@" 2>&1); then
    echo "ok      $name"
  else
    echo "FAILED  $name"
    sed 's/^/        | /' <<<"$output" | tail -n 40
    failed=$((failed + 1))
  fi
}

# is WHAT FOUND EXPECTED
is() {
  if [ "$2" != "$3" ]; then
    echo "$1: $2 (expected: $3)"
    return 1
  fi
}

not() { ! "$@"; }

# await SECONDS COMMAND...: until it succeeds; on a machine that is busy with other things it takes a while.
await() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    if [ "$SECONDS" -ge "$end" ]; then
      echo "gave up waiting for: $*"
      return 1
    fi
    sleep 1
  done
}

# As README.md says, but without a network of the host: what speaks to it joins its own.
RESTRICTED=(--pull never --read-only --tmpfs /tmp --cap-drop all --security-opt no-new-privileges)

# start NAME OPTION...: a server, ready.
start() {
  local name=$1
  shift
  # Without systemd podman complains that nobody will run the health check from time to time.
  podman run -d --name "$name" --network none "${RESTRICTED[@]}" "$@" "$IMAGE" >"$work/$name.log" 2>&1 || {
    cat "$work/$name.log"
    return 1
  }
  await 180 podman healthcheck run "$name"
}

# tool SERVER ARGUMENT...: the command-line tool of the image, beside a server.
tool() {
  local server=$1
  shift
  podman run --rm -i --network "container:$server" "${RESTRICTED[@]}" "$IMAGE" "$@"
}

# page SERVER PATH: of its management port, read with what the image has.
page() {
  podman exec "$1" bash -c 'exec 3<>/dev/tcp/127.0.0.1/9464
    printf "GET %s HTTP/1.0\r\n\r\n" "$1" >&3; cat <&3' page "$2" | tr -d '\r' | sed '1,/^$/d'
}

# metric SERVER NAME [LABELS]: the sum of its series with these labels; none is a failure.
metric() {
  page "$1" /metrics | awk -v name="$2" -v labels="${3:-}" '
    index($0, name) == 1 && substr($0, length(name) + 1, 1) ~ /[{ ]/ && index($0, labels) && $NF > 0 {sum += $NF}
    index($0, name) == 1 {found = 1}
    END {if (!found) exit 1; printf "%d\n", sum}'
}

inspect() { podman inspect --format "$2" "$1"; }

# All of them: the storage is the suite's own.
remove_containers() {
  podman pod rm -f -a -t 0 >/dev/null 2>&1 || true
  podman rm -f -a -t 0 >/dev/null 2>&1 || true
}
