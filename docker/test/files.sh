# SPDX-License-Identifier: Apache-2.0
# The files that nothing has to run for: Dockerfiles, compose, Prometheus, scripts.

export NODE_PATH=$work/npm/node_modules

npm_tools() {
  mkdir -p "$work/npm"
  cp docker/test/package.json "$work/npm/"
  (cd "$work/npm" && npm install --silent --no-audit --no-fund)
}

rejects_an_unknown_compose_key() {
  sed 's/mem_limit:/memory_limit:/' docker/compose.yaml >"$work/broken.yaml"
  not node docker/test/check-compose.cjs "$work/broken.yaml"
}

# Prometheus finds what compose.yaml mounts beside its configuration.
prometheus_configuration() {
  local folder=$work/prometheus
  rm -rf "$folder"
  mkdir -p "$folder/rules"
  cp docker/prometheus/prometheus.yml "$folder/"
  cp helm/gcpo-advantage/rules/gcpo-advantage.yaml "$folder/rules/"
  promtool check config "$folder/prometheus.yml"
}

mounted_files_exist() {
  local path missing=0
  while read -r path; do
    [ -e "docker/$path" ] || { echo "compose.yaml mounts $path: not there"; missing=1; }
  done < <(sed -n 's/^ *- \(\.[^:]*\):.*/\1/p' docker/compose.yaml)
  return "$missing"
}

# What both Dockerfiles say has to be the same but for the lines that are meant to differ.
same_steps() {
  local strip='/^#/d; /^ARG RUNTIME_BASE/d; /^ARG MAVEN_FLAGS/d; /image.title/d; /NVIDIA_/d; /^HEALTHCHECK/d'
  diff <(sed "$strip" docker/Dockerfile) <(sed "$strip" docker/Dockerfile.cuda)
}

check_files() {
  echo "== files"
  local file
  for file in docker/build/* docker/test/run docker/test/*.sh docker/smoke-test.sh; do
    check "syntax: $file" bash -n "$file"
  done
  check "the linters are installed" npm_tools
  for file in Dockerfile Dockerfile.cuda; do
    check "$file: dockerfilelint" node "$NODE_PATH/dockerfilelint/bin/dockerfilelint" "docker/$file"
    check "$file: dockerfile-utils" node "$NODE_PATH/dockerfile-utils/bin/dockerfile-utils" lint "docker/$file"
  done
  check "Dockerfile.cuda differs where it says so only" same_steps
  check "compose.yaml: schema" node docker/test/check-compose.cjs docker/compose.yaml
  check "compose.yaml: an unknown key is refused" rejects_an_unknown_compose_key
  check "compose.yaml: what it mounts is there" mounted_files_exist
  check "prometheus.yml: promtool" prometheus_configuration
}
