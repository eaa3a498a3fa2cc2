// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.AnswerOrigin;
import io.gcpo.advantage.v1.BuildInfo;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.gcpo.advantage.v1.GetServerInfoResponse;
import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.StreamHeader;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What answers say of where they come from. */
@Timeout(60)
class AnswerOriginTest {
  private final TestServer server =
      TestServer.with(new FakeEmbedder(), Map.of("admission.max-deadline", "10s"));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyAnswer_namesItsServerAndEngine() {
    GetServerInfoResponse info = server.client().info();
    BuildInfo build = info.getBuild();

    AnswerOrigin origin = server.client().compute(request(sound("a"))).getOrigin();

    assertThat(origin.getServerVersion()).isNotEmpty().isEqualTo(build.getVersion());
    assertThat(origin.getServerCommit()).isNotEmpty().isEqualTo(build.getCommit());
    assertThat(origin.getEngine()).isEqualTo(info.getEngine().getName());
    assertThat(origin.getEngineVersion()).isEqualTo(info.getEngine().getVersion());
    assertThat(origin.getDevice()).isEqualTo(info.getEngine().getDevice());
    assertThat(origin.getDeterministic()).isEqualTo(info.getEngine().getDeterministic());
    assertThat(server.client().embed(texts()).getOrigin()).isEqualTo(origin);
    assertThat(
            ModelCall.stream(server, StreamHeader.getDefaultInstance(), sound("a"))
                .join()
                .getOrigin())
        .isEqualTo(origin);
  }

  @Test
  void effectiveTimeout_isTheCallersOrTheServersMaximum() {
    ComputeAdvantagesResponse own =
        AdvantageServiceGrpc.newBlockingStub(server.channel())
            .withDeadlineAfter(5, TimeUnit.SECONDS)
            .computeAdvantages(request(sound("a")));
    EmbedTextsResponse none =
        AdvantageServiceGrpc.newBlockingStub(server.channel()).embedTexts(texts());

    assertThat(own.getEffectiveTimeout().getSeconds()).isBetween(0L, 4L);
    assertThat(none.getEffectiveTimeout().getSeconds()).isBetween(5L, 9L);
  }

  @Test
  void configDigest_tellsConfigurationsApart_andNothingElse() {
    AdvantageConfig one = AdvantageConfig.newBuilder().setAlpha(2).build();
    AdvantageConfig other = AdvantageConfig.newBuilder().setAlpha(3).build();

    GroupAdvantages first = computed("a", one);

    assertThat(first.getConfigSha256().size()).isEqualTo(32);
    assertThat(computed("b", one).getConfigSha256()).isEqualTo(first.getConfigSha256());
    assertThat(computed("b", first.getConfig()).getConfigSha256())
        .isEqualTo(first.getConfigSha256());
    assertThat(computed("a", other).getConfigSha256()).isNotEqualTo(first.getConfigSha256());
  }

  private GroupAdvantages computed(String id, AdvantageConfig config) {
    return server
        .client()
        .compute(request(sound(id)).toBuilder().setConfig(config).build())
        .getResults(0)
        .getAdvantages();
  }

  private static EmbedTextsRequest texts() {
    return EmbedTextsRequest.newBuilder().addTexts("right").build();
  }
}
