// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks the driver's own tool for the GPUs, since ND4J fails in native code on one that it cannot
 * use. The tool numbers GPUs by their place on the bus; CUDA does so with {@code
 * CUDA_DEVICE_ORDER=PCI_BUS_ID}, which machines with unlike GPUs need here.
 */
final class NvidiaSmi implements GpuCapabilities {
  private static final int SECONDS = 20;
  private static final Splitter LIST = Splitter.on(',').trimResults().omitEmptyStrings();

  @Override
  public Optional<ComputeCapability> of(int cudaIndex) {
    String visible = System.getenv("CUDA_VISIBLE_DEVICES");
    return find(ask(), Optional.ofNullable(visible), cudaIndex);
  }

  /**
   * The GPU that CUDA calls {@code cudaIndex}.
   *
   * @param table lines of index, UUID and capability, as the tool prints them
   * @param visible {@code CUDA_VISIBLE_DEVICES}: indices or beginnings of UUIDs
   */
  static Optional<ComputeCapability> find(String table, Optional<String> visible, int cudaIndex) {
    List<List<String>> gpus = table.lines().map(LIST::splitToList).toList();
    List<String> wanted =
        visible
            .map(LIST::splitToList)
            .orElseGet(
                () -> gpus.stream().filter(gpu -> !gpu.isEmpty()).map(gpu -> gpu.get(0)).toList());
    if (cudaIndex >= wanted.size()) {
      return Optional.empty();
    }
    String name = wanted.get(cudaIndex);
    return gpus.stream()
        .filter(gpu -> gpu.size() == 3)
        .filter(
            gpu ->
                gpu.get(0).equals(name) || (name.startsWith("GPU-") && gpu.get(1).startsWith(name)))
        .findFirst()
        .flatMap(gpu -> ComputeCapability.parse(gpu.get(2)));
  }

  /** Empty if there is no such tool, or if it fails. */
  private static String ask() {
    ProcessBuilder command =
        new ProcessBuilder(
            "nvidia-smi", "--query-gpu=index,uuid,compute_cap", "--format=csv,noheader");
    try {
      Process process = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (InputStream table = process.getInputStream()) {
        // The table is far below what a pipe holds, so that nobody needs to read while it runs.
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        return ended && process.exitValue() == 0 ? new String(table.readAllBytes(), UTF_8) : "";
      } finally {
        // Also when this thread was interrupted; nothing if it has ended.
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
