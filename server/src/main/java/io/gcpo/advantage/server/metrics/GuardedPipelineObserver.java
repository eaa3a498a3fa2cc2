// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.advantage.AdvantageSettings;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.pipeline.GroupRejection;
import io.gcpo.advantage.server.pipeline.PipelineObserver;
import io.gcpo.advantage.server.pipeline.Stage;
import io.gcpo.advantage.server.pipeline.Violation;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Makes a broken observer harmless. As thread-safe as the observer. */
final class GuardedPipelineObserver implements PipelineObserver {
  private final PipelineObserver observer;
  private final Guard guard;

  GuardedPipelineObserver(PipelineObserver observer, LongSupplier nanoClock) {
    this.observer = observer;
    this.guard = new Guard(observer.getClass(), nanoClock);
  }

  @Override
  public void stageEnded(Stage stage, Duration elapsed) {
    guard.run(() -> observer.stageEnded(stage, elapsed));
  }

  @Override
  public void groupComputed(GroupAdvantages advantages, AdvantageSettings settings) {
    guard.run(() -> observer.groupComputed(advantages, settings));
  }

  @Override
  public void groupRejected(GroupRejection rejection) {
    guard.run(() -> observer.groupRejected(rejection));
  }

  @Override
  public void requestRefused(List<Violation> violations) {
    guard.run(() -> observer.requestRefused(violations));
  }

  @Override
  public void textsDeduplicated(int texts, long tokens) {
    guard.run(() -> observer.textsDeduplicated(texts, tokens));
  }

  @Override
  public void groupShed() {
    guard.run(observer::groupShed);
  }

  @Override
  public void deadlineMissed() {
    guard.run(observer::deadlineMissed);
  }
}
