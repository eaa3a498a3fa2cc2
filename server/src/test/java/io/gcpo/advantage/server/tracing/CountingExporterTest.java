// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class CountingExporterTest {
  private static final int SPANS = 3;

  private final Semaphore room = new Semaphore(0);
  private final List<String> heard = new ArrayList<>();

  @Test
  void export_throws_countsTheSpansAndGivesTheirRoomBack() {
    CountingExporter exporter =
        exporter(
            () -> {
              throw new IllegalArgumentException("restricted header name");
            });

    assertThatThrownBy(() -> exporter.export(spans())).hasMessage("restricted header name");

    assertThat(heard).containsExactly("FAILED 3");
    assertThat(room.availablePermits()).isEqualTo(SPANS);
  }

  @Test
  void export_undecided_keepsTheRoomUntilItIs() {
    CompletableResultCode sent = new CompletableResultCode();
    exporter(() -> sent).export(spans());
    assertThat(room.availablePermits()).isZero();

    sent.succeed();

    assertThat(heard).containsExactly("EXPORTED 3");
    assertThat(room.availablePermits()).isEqualTo(SPANS);
  }

  private CountingExporter exporter(Attempt attempt) {
    return new CountingExporter(
        new SpanExporter() {
          @Override
          public CompletableResultCode export(Collection<SpanData> spans) {
            return attempt.send();
          }

          @Override
          public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
          }

          @Override
          public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
          }
        },
        room,
        (outcome, spans) -> heard.add(outcome + " " + spans));
  }

  /** Only their number matters here. */
  @SuppressWarnings("NullAway")
  private static Collection<SpanData> spans() {
    return Collections.nCopies(SPANS, null);
  }

  /** What a collector does. */
  @FunctionalInterface
  private interface Attempt {
    CompletableResultCode send();
  }
}
