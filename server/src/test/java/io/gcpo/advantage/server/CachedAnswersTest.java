// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.testing.Examples;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole server with its cache, against the one that embeds every text anew. */
class CachedAnswersTest {
  @Test
  void compute_knownTexts_sameAnswersWithoutATokenEmbedded() {
    List<RolloutGroup> groups = Examples.all();
    List<RolloutGroup> first = groups.subList(0, 1);
    try (TestServer plain = TestServer.real();
        TestServer caching = TestServer.real(Map.of())) {
      ComputeAdvantagesResponse expected = compute(plain, groups);
      ComputeAdvantagesResponse fresh = compute(caching, first);
      ComputeAdvantagesResponse mixed = compute(caching, groups);
      ComputeAdvantagesResponse known = compute(caching, groups);

      assertThat(fresh.getResultsList()).isEqualTo(expected.getResultsList().subList(0, 1));
      assertThat(mixed.getResultsList()).isEqualTo(expected.getResultsList());
      assertThat(known.getResultsList()).isEqualTo(expected.getResultsList());
      assertThat(compute(plain, groups).getTiming().getTokens())
          .isEqualTo(expected.getTiming().getTokens())
          .isPositive();
      assertThat(fresh.getTiming().getTokens()).isPositive();
      assertThat(fresh.getTiming().getTokens() + mixed.getTiming().getTokens())
          .isEqualTo(expected.getTiming().getTokens());
      assertThat(known.getTiming().getTokens()).isZero();
    }
  }

  private static ComputeAdvantagesResponse compute(TestServer server, List<RolloutGroup> groups) {
    return server
        .client()
        .compute(ComputeAdvantagesRequest.newBuilder().addAllGroups(groups).build());
  }
}
