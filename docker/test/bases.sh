# SPDX-License-Identifier: Apache-2.0
# Stands in for the base images of docker/Dockerfile, which come from a registry: the same
# distribution from Debian's packages. They are kept for the next run.

make_bases() {
  make_base "$RUNTIME_BASE" libstdc++6 && make_base "$BUILD_BASE" openjdk-17-jdk-headless,maven
}

make_base() { # NAME PACKAGES
  podman image exists "$1" && return
  mmdebstrap --quiet --variant=minbase --include="$2" bookworm "$work/base.tar" &&
    podman import --quiet "$work/base.tar" "$1" &&
    rm "$work/base.tar"
}

# With limits, as the tests set them.
can_run_containers() {
  podman run --rm --network none --memory 64m --cpus 1 "${RESTRICTED[@]}" "$RUNTIME_BASE" true
}

# build_image DOCKERFILE TAG MAVEN_FLAGS OPTION...: with the Maven repository of this machine, and with
# the certificates that it trusts, as what it downloads from may have one of its own.
build_image() {
  local dockerfile=$1 tag=$2 flags=$3
  shift 3
  buildah bud --quiet --layers --isolation chroot --pull-never --format docker \
    --timestamp 1795219200 --volume "$maven_repository:/maven-repository" \
    --volume /etc/ssl/certs:/etc/ssl/certs:ro \
    --build-arg BUILD_BASE="$BUILD_BASE" --build-arg RUNTIME_BASE="$RUNTIME_BASE" \
    --build-arg MAVEN_FLAGS="-Dmaven.repo.local=/maven-repository $flags" \
    --build-arg COMMIT="$commit" "$@" -t "$tag" -f "docker/$dockerfile" .
}
