# SPDX-License-Identifier: Apache-2.0
# Stands in for the base images of docker/Dockerfile, which come from a registry: the same
# distribution from Debian's packages. They are kept for the next run.

make_bases() {
  if ! podman image exists "$RUNTIME_BASE"; then
    echo "== stand-in for debian:bookworm-slim"
    mmdebstrap --quiet --variant=minbase --include=libstdc++6 --dpkgopt=force-unsafe-io \
      bookworm "$work/runtime.tar"
    podman import --quiet "$work/runtime.tar" "$RUNTIME_BASE" >/dev/null
    rm "$work/runtime.tar"
  fi
  if ! podman image exists "$BUILD_BASE"; then
    echo "== stand-in for maven:3.9-eclipse-temurin-17"
    mmdebstrap --quiet --variant=minbase --include=openjdk-17-jdk-headless,maven \
      --dpkgopt=force-unsafe-io bookworm "$work/build.tar"
    podman import --quiet "$work/build.tar" "$BUILD_BASE" >/dev/null
    rm "$work/build.tar"
  fi
}

# build_image DOCKERFILE TAG MAVEN_FLAGS OPTION...: with the Maven repository of this machine.
build_image() {
  local dockerfile=$1 tag=$2 flags=$3
  shift 3
  buildah bud --quiet --layers --isolation chroot --pull-never --format docker \
    --timestamp 1795219200 --volume "$maven_repository:/maven-repository" \
    --build-arg BUILD_BASE="$BUILD_BASE" --build-arg RUNTIME_BASE="$RUNTIME_BASE" \
    --build-arg MAVEN_FLAGS="-Dmaven.repo.local=/maven-repository $flags" \
    --build-arg COMMIT="$commit" "$@" -t "$tag" -f "docker/$dockerfile" .
}
