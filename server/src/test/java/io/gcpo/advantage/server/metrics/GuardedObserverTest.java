// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.common.reflect.Reflection;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.GroupSignal;
import io.gcpo.advantage.server.advantage.RewardStatistics;
import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import io.gcpo.advantage.server.pipeline.GroupRejection;
import io.gcpo.advantage.server.pipeline.GroupRejection.Reason;
import io.gcpo.advantage.server.pipeline.PipelineObserver;
import io.gcpo.advantage.server.pipeline.Stage;
import io.gcpo.advantage.server.pipeline.text.TextCacheObserver;
import io.gcpo.advantage.server.testing.Computed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuardedObserverTest {
  private static final GroupAdvantages EMPTY_GROUP =
      new GroupAdvantages(
          List.of(),
          new RewardStatistics(0, 0, 0, 0, 0, 0),
          Optional.empty(),
          GroupSignal.ALL_EXCLUDED,
          true,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0);

  private final Logger logger = (Logger) LogManager.getLogger(Guard.class);
  private final CapturingAppender appender = new CapturingAppender();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final List<String> calls = new ArrayList<>();

  @BeforeEach
  void capture() {
    appender.start();
    logger.addAppender(appender);
    logger.setAdditive(false);
  }

  @AfterEach
  void release() {
    logger.removeAppender(appender);
    logger.setAdditive(true);
  }

  @Test
  void everyCall_brokenObservers_arriveAndStayHarmless() {
    EmbeddingObserver embedding =
        new GuardedEmbeddingObserver(broken(EmbeddingObserver.class), nanos::get);
    CacheObserver cache = new GuardedCacheObserver(broken(CacheObserver.class), nanos::get);
    TextCacheObserver texts =
        new GuardedTextCacheObserver(broken(TextCacheObserver.class), nanos::get);
    PipelineObserver pipeline =
        new GuardedPipelineObserver(broken(PipelineObserver.class), nanos::get);
    assertThatCode(
            () -> {
              embedding.tokenized(1, 0, Duration.ZERO);
              embedding.queueChanged(1, 2);
              embedding.dequeued(Duration.ZERO);
              embedding.encoded(1, 2, 3, Duration.ZERO, Duration.ZERO);
              embedding.batchFailed(new IllegalStateException());
              cache.lookedUp(1, 2);
              cache.reused(5);
              cache.collapsed(6, 7);
              cache.stored(3);
              cache.evicted(4);
              texts.lookedUp(TextCacheObserver.Kind.TEXT, true);
              texts.stored(TextCacheObserver.Kind.TEXT, 1);
              texts.evicted(TextCacheObserver.Kind.TEXT, 1);
              pipeline.stageEnded(Stage.EMBED, Duration.ZERO);
              pipeline.groupComputed(EMPTY_GROUP, Computed.settings(Computed.choice("GRPO")));
              pipeline.groupRejected(new GroupRejection("g", Reason.LIMIT, List.of()));
              pipeline.textsDeduplicated(1, 1);
            })
        .doesNotThrowAnyException();
    assertThat(calls)
        .containsExactly(
            "tokenized",
            "queueChanged",
            "dequeued",
            "encoded",
            "batchFailed",
            "lookedUp",
            "reused",
            "collapsed",
            "stored",
            "evicted",
            "lookedUp",
            "stored",
            "evicted",
            "stageEnded",
            "groupComputed",
            "groupRejected",
            "textsDeduplicated");
  }

  @Test
  void classThatCannotBeLoaded_guarded_isHarmless() {
    Guard guard = new Guard(EmbeddingObserver.class, nanos::get);
    assertThatCode(
            () ->
                guard.run(
                    () -> {
                      throw new NoClassDefFoundError("absent");
                    }))
        .doesNotThrowAnyException();
    assertThat(appender.levels).containsExactly(Level.WARN);
  }

  @Test
  void decorators_everyMethodOfTheObserver_isOverridden() {
    assertThat(methodNames(GuardedEmbeddingObserver.class))
        .containsAll(methodNames(EmbeddingObserver.class));
    assertThat(methodNames(GuardedCacheObserver.class))
        .containsAll(methodNames(CacheObserver.class));
    assertThat(methodNames(GuardedTextCacheObserver.class))
        .containsAll(methodNames(TextCacheObserver.class));
    assertThat(methodNames(GuardedPipelineObserver.class))
        .containsAll(methodNames(PipelineObserver.class));
    assertThat(methodNames(CompositePipelineObserver.class))
        .containsAll(methodNames(PipelineObserver.class));
  }

  @Test
  void repeatedFailure_logged_oncePerMinute() {
    EmbeddingObserver observer =
        new GuardedEmbeddingObserver(broken(EmbeddingObserver.class), nanos::get);
    observer.queueChanged(1, 1);
    observer.queueChanged(1, 1);
    assertThat(appender.levels).containsExactly(Level.WARN);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(60) - 1);
    observer.queueChanged(1, 1);
    assertThat(appender.levels).hasSize(1);
    nanos.incrementAndGet();
    observer.queueChanged(1, 1);
    assertThat(appender.levels).hasSize(2);
  }

  private <T> T broken(Class<T> observer) {
    return Reflection.newProxy(
        observer,
        (proxy, method, arguments) -> {
          calls.add(method.getName());
          throw new IllegalStateException("broken observer");
        });
  }

  private static List<String> methodNames(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> !method.isSynthetic())
        .map(method -> method.getName() + Arrays.toString(method.getParameterTypes()))
        .toList();
  }

  private static final class CapturingAppender extends AbstractAppender {
    private final List<Level> levels = new ArrayList<>();

    CapturingAppender() {
      super("capturing", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      levels.add(event.getLevel());
    }
  }
}
