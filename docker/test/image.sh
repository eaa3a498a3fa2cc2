# SPDX-License-Identifier: Apache-2.0
# What can be said about the image without starting its server.

layers_of() { inspect "$1" '{{range .RootFS.Layers}}{{.}}{{"\n"}}{{end}}'; }

belongs_to_root() {
  local others
  others=$(podman run --rm --network none "${RESTRICTED[@]}" --entrypoint find "$IMAGE" \
    "$HOME_IN_IMAGE" \( ! -user 0 -o -perm /022 ! -type l \))
  is "files that others may write" "$others" ""
}

# What a jar still carried would be unpacked at every start.
jars_carry_no_natives() {
  local container mount left=
  container=$(podman create --pull never "$IMAGE")
  mount=$(podman mount "$container")
  for jar in "$mount$HOME_IN_IMAGE"/lib/{onnxruntime,tokenizers}*.jar; do
    left+=$(unzip -l "$jar" | grep -E '\.(so|dll|dylib)$' || true)
  done
  podman rm "$container" >/dev/null
  is "native libraries in jars" "$left" ""
}

sbom_is_complete() {
  podman run --rm --network none "${RESTRICTED[@]}" --entrypoint cat "$IMAGE" "$HOME_IN_IMAGE/sbom.json" |
    python3 docker/test/check_sbom.py
}

same_layers_again() {
  build_image Dockerfile localhost/gcpo-advantage:again "$maven_flags" --no-cache || return 1
  is "layers" "$(layers_of localhost/gcpo-advantage:again)" "$(layers_of "$IMAGE")"
}

sizes() {
  echo "        $(($(inspect "$IMAGE" '{{.Size}}') / 1000000)) MB in all, of it by layer, the last first:"
  podman history --format '        {{.Size}}  {{.CreatedBy}}' "$IMAGE" | grep -v ' 0 B' | cut -c1-100
}

check_image() {
  echo "== image"
  check "it builds" build_image Dockerfile "$IMAGE" "$maven_flags"
  sizes
  check "user" is user "$(inspect "$IMAGE" '{{.Config.User}}')" 10001:10001
  check "the label names the commit" is revision \
    "$(inspect "$IMAGE" '{{index .Config.Labels "org.opencontainers.image.revision"}}')" "$commit"
  check "it has a health check" is command "$(inspect "$IMAGE" '{{.HealthCheck.Test}}')" \
    "[CMD $HOME_IN_IMAGE/bin/healthcheck]"
  check "its files are root's" belongs_to_root
  check "no jar carries native libraries" jars_carry_no_natives
  check "SBOM" sbom_is_complete
  if [ "$reproducible" = true ]; then
    check "a second build makes the same layers" same_layers_again
  fi
}
