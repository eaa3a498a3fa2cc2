// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import io.gcpo.advantage.server.embedding.cache.CachingEmbedder;
import io.gcpo.advantage.server.embedding.cache.EmbeddingCache;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.CompositeKernel;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The configuration that texts are submitted with, over a real port. */
final class SubmitConfigTest {
  private static final io.gcpo.advantage.v1.TruncationPolicy KEEP_TAIL =
      io.gcpo.advantage.v1.TruncationPolicy.TRUNCATION_POLICY_KEEP_TAIL;

  private final FakeEmbedder embedder = new FakeEmbedder();
  private final TestServer server =
      TestServer.with(
          new CachingEmbedder(
              embedder, new EmbeddingCache(1 << 20, CacheObserver.NONE), CacheObserver.NONE),
          Map.of());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void truncationPolicy_leftOut_isTheConfigurations() {
    server
        .client()
        .submit(text().setConfig(config().setTruncationPolicy(KEEP_TAIL)).build())
        .join();

    assertThat(embedder.calls().get(0))
        .extracting(TextTask::truncationPolicy)
        .containsExactly(TruncationPolicy.KEEP_TAIL);
  }

  @Test
  void truncationPolicy_sameTwice_isTaken() {
    server
        .client()
        .submit(
            text()
                .setTruncationPolicy(KEEP_TAIL)
                .setConfig(config().setTruncationPolicy(KEEP_TAIL))
                .build())
        .join();

    assertThat(embedder.calls()).hasSize(1);
  }

  @Test
  void truncationPolicy_twoOfThem_isRefused() {
    assertRefused(
        text()
            .setTruncationPolicyValue(2)
            .setConfig(config().setTruncationPolicy(KEEP_TAIL))
            .build(),
        "config.truncation_policy: KEEP_TAIL (expected: that of truncation_policy, or left out)");
  }

  @Test
  void truncationPolicy_unknown_isRefusedWhereItStands() {
    String problem =
        "truncation_policy: 99 (expected: one of [CHUNK_MEAN, ERROR, KEEP_HEAD, KEEP_TAIL])";
    assertRefused(
        text().setConfig(config().setTruncationPolicyValue(99)).build(), "config." + problem);
    assertRefused(text().setTruncationPolicyValue(99).build(), problem);
    assertRefused(
        text().setTruncationPolicyValue(2).setConfig(config().setTruncationPolicyValue(99)).build(),
        "config." + problem);
  }

  @Test
  void kernel_twoOfThem_isRefused() {
    assertRefused(
        text()
            .setConfig(
                config()
                    .setKernel(Kernel.KERNEL_STEPS)
                    .setCompositeKernel(CompositeKernel.newBuilder().setNamed(Kernel.KERNEL_STEPS)))
            .build(),
        "config.composite_kernel: set (expected: left out, as kernel is set)");
  }

  @Test
  void configuration_outOfRange_isRefused() {
    assertRefused(
        text().setConfig(config().setAlpha(-1)).build(),
        "config.alpha: -1.0 (expected: in (0, 1000000])");
  }

  private void assertRefused(SubmitRolloutsRequest request, String problem) {
    Refusals.assertRefused(
        () -> {
          try {
            server.client().submit(request).join();
          } catch (CompletionException failed) {
            throw failed.getCause() == null ? failed : failed.getCause();
          }
        },
        "INVALID_FIELD",
        problem);
    assertThat(embedder.calls()).isEmpty();
  }

  private static SubmitRolloutsRequest.Builder text() {
    return SubmitRolloutsRequest.newBuilder().addTexts("a");
  }

  private static AdvantageConfig.Builder config() {
    return AdvantageConfig.newBuilder();
  }
}
