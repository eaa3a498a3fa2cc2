// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.base.Ticker;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.util.Modules;
import io.gcpo.advantage.server.advantage.estimator.EstimatorRegistry;
import io.gcpo.advantage.server.bootstrap.BuildInfo;
import io.gcpo.advantage.server.embedding.Embedders;
import io.gcpo.advantage.server.pipeline.AdvantagePipeline;
import io.gcpo.advantage.server.pipeline.ForCompute;
import io.gcpo.advantage.server.pipeline.PipelineModule;
import io.gcpo.advantage.server.pipeline.PipelineObserver;
import io.gcpo.advantage.server.pipeline.StageTimer;
import io.gcpo.advantage.server.pipeline.text.TextCacheObserver;
import io.gcpo.advantage.server.pipeline.text.TextsConfig;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.StreamAdvantagesRequest;
import io.gcpo.advantage.v1.StreamAdvantagesResponse;
import io.grpc.Status.Code;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever messages come on a stream: each group is computed and answered, or the stream ends once,
 * with a status that names the caller's fault; a group's own error is never a defect of ours.
 */
class StreamFuzzTest {
  private static final RequestParser PARSER =
      new RequestParser(LimitsConfig.DEFAULTS, new ConfigParser(new EstimatorRegistry()));

  private static final PipelineObserver OBSERVER = new PipelineObserver() {};
  private static final AdvantagePipeline PIPELINE = pipeline();

  private static final List<Code> CALLERS_FAULTS =
      List.of(Code.INVALID_ARGUMENT, Code.NOT_FOUND, Code.FAILED_PRECONDITION);

  static Stream<byte[]> seeds() {
    return FuzzSeeds.streams().map(StreamFuzzTest::framed);
  }

  @MethodSource("seeds")
  @FuzzTest(maxExecutions = 5_000)
  void answersOrRefuses(byte[] data) {
    FakeEmbedder embedder = new FakeEmbedder();
    FuzzedCall call = new FuzzedCall();
    StreamSession session = session(embedder, call);
    int at = 0;
    int groups = 0;
    while (at < data.length && !call.ended()) {
      int length = Math.min(lengthAt(data, at), data.length - at - 1);
      session.onNext(decoded(Arrays.copyOfRange(data, at + 1, at + 1 + Math.max(0, length))));
      at += 1 + Math.max(0, length);
      groups++;
    }
    if (!call.ended()) {
      session.onCompleted();
      assertThat(call.ending).extracting(ending -> ending.getCode()).isEqualTo(Code.OK);
      assertThat(call.answers).hasSize(Math.max(0, groups - 1));
    } else {
      assertThat(call.ending).extracting(ending -> ending.getCode()).isIn(CALLERS_FAULTS);
    }
    for (StreamAdvantagesResponse answer : call.answers) {
      int code = answer.getResult().getError().getCode();
      assertThat(code).isNotIn(Code.INTERNAL.value(), Code.UNKNOWN.value());
    }
  }

  private static StreamSession session(FakeEmbedder embedder, FuzzedCall call) {
    return new StreamSession(
        PARSER,
        PIPELINE,
        new ModelSelector(new Embedders(List.of(embedder))),
        new Origins(BuildInfo.load()),
        new StageTimer(OBSERVER, Ticker.systemTicker()),
        call);
  }

  /** The real one, on the thread that asks. */
  private static AdvantagePipeline pipeline() {
    Module direct =
        Modules.override(new PipelineModule(new TextsConfig(0)))
            .with(
                binder ->
                    binder
                        .bind(Key.get(ExecutorService.class, ForCompute.class))
                        .toInstance(MoreExecutors.newDirectExecutorService()));
    Module needed =
        binder -> {
          binder.bind(Ticker.class).toInstance(Ticker.systemTicker());
          binder.bind(PipelineObserver.class).toInstance(OBSERVER);
          binder.bind(TextCacheObserver.class).toInstance(TextCacheObserver.NONE);
        };
    return Guice.createInjector(direct, needed).getInstance(AdvantagePipeline.class);
  }

  /** Messages of up to 255 bytes have their length in front; 255 is the whole rest. */
  private static int lengthAt(byte[] data, int at) {
    int length = data[at] & 0xff;
    return length == 255 ? data.length : length;
  }

  private static byte[] framed(Stream<StreamAdvantagesRequest> messages) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    messages.forEach(
        message -> {
          byte[] content = message.toByteArray();
          bytes.write(Math.min(content.length, 255));
          bytes.writeBytes(content);
        });
    return bytes.toByteArray();
  }

  private static Decoded<StreamAdvantagesRequest> decoded(byte[] bytes) {
    return new DecodingMarshaller<>(StreamAdvantagesRequest.getDefaultInstance())
        .parse(new ByteArrayInputStream(bytes));
  }
}
