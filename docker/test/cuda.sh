# SPDX-License-Identifier: Apache-2.0
# The image for CUDA on a base without CUDA, on a machine without a GPU: that its steps work, that it
# serves on the processor, and that it says so where a GPU is demanded. A GPU is not tested here.

CUDA_IMAGE=localhost/gcpo-advantage:cuda

refuses_a_missing_gpu() {
  local output
  output=$(podman run --rm --network none "${RESTRICTED[@]}" -e GCPO_CONFIG_EMBEDDING_DEVICE=cuda:0 \
    "$CUDA_IMAGE" 2>&1) && return 1
  grep 'cuda:0' <<<"$output"
}

cuda_has_the_providers() {
  podman run --rm --network none "${RESTRICTED[@]}" --entrypoint ls "$CUDA_IMAGE" "$HOME_IN_IMAGE/native" |
    grep libonnxruntime_providers_cuda.so
}

check_cuda() {
  echo "== image for CUDA"
  check "it builds" build_image Dockerfile.cuda "$CUDA_IMAGE" -Pcuda12
  echo "        $(($(inspect "$CUDA_IMAGE" '{{.Size}}') / 1000000)) MB with the stand-in, which has no CUDA"
  check "the CUDA provider is in it" cuda_has_the_providers
  check "cuda:0 without a GPU is refused in words" refuses_a_missing_gpu
  check "smoke test on the processor" env CONTAINER_TOOL=podman docker/smoke-test.sh "$CUDA_IMAGE"
}
