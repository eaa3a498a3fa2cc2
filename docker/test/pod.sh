# SPDX-License-Identifier: Apache-2.0
# The Deployment that the chart renders, run by podman instead of a cluster.

render_deployment() {
  mvn -B -ntp -q -pl helm test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
    -Dexec.args="-classpath %classpath io.gcpo.advantage.helm.WriteDeployment \
      $work/deployment.json image.repository=${IMAGE%:*} image.tag=${IMAGE#*:} image.pullPolicy=Never \
      drain.delaySeconds=0"
}

# Without a network there is nothing to publish a port on; podman would ask curl for the probes.
without_network() {
  python3 - "$work/deployment.json" <<'PYTHON'
import json, sys
deployment = json.load(open(sys.argv[1]))
for container in deployment["spec"]["template"]["spec"]["containers"]:
    for field in ("ports", "startupProbe", "readinessProbe", "livenessProbe"):
        container.pop(field, None)
json.dump(deployment, open(sys.argv[1], "w"))
PYTHON
}

play() {
  podman kube play --quiet --network none "$work/deployment.json" &&
    pod_server=$(podman ps --quiet --filter ancestor="$IMAGE" --filter name=advantage) &&
    [ -n "$pod_server" ] && await 180 podman exec "$pod_server" "$HOME_IN_IMAGE/bin/healthcheck"
}

# From inside: no container of its own may join a pod's network.
pod_scores() {
  groups 2 2 5 | podman exec -i "$pod_server" bin/gcpo-advantage score --target localhost:50051 --in - --out - | grep '"advantage":'
}

pod_is_restricted() {
  is uid "$(podman exec "$pod_server" id -u)" 10001 &&
    is CapBnd "$(status_field "$pod_server" CapBnd)" 0000000000000000 &&
    is "read-only root" "$(inspect "$pod_server" '{{.HostConfig.ReadonlyRootfs}}')" true &&
    is "memory limit" "$(inspect "$pod_server" '{{.HostConfig.Memory}}')" $((2 * 1024 * 1024 * 1024))
}

pod_stops() {
  podman stop -t 60 "$pod_server" >/dev/null
  is "exit status" "$(inspect "$pod_server" '{{.State.ExitCode}}')" 0
}

check_pod() {
  echo "== the chart's Deployment"
  local pod_server=
  check "it is rendered" render_deployment
  check "what needs a network is taken out" without_network
  check "podman kube play, until ready" play
  # In this shell: check ran play in a subshell.
  pod_server=$(podman ps --quiet --filter ancestor="$IMAGE" --filter name=advantage)
  check "it scores" pod_scores
  check "restricted as the chart says" pod_is_restricted
  check "stops in order" pod_stops
  podman kube down "$work/deployment.json" >/dev/null 2>&1 || true
}
