// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.advantage.AdvantageSettings;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.pipeline.GroupRejection;
import io.gcpo.advantage.server.pipeline.PipelineObserver;
import io.gcpo.advantage.server.pipeline.Stage;
import io.gcpo.advantage.server.pipeline.Violation;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Tells several observers, in order. As thread-safe as they are. */
final class CompositePipelineObserver implements PipelineObserver {
  private final ImmutableList<PipelineObserver> observers;

  CompositePipelineObserver(List<PipelineObserver> observers) {
    this.observers = ImmutableList.copyOf(observers);
  }

  @Override
  public void stageEnded(Stage stage, Duration elapsed) {
    each(observer -> observer.stageEnded(stage, elapsed));
  }

  @Override
  public void groupComputed(GroupAdvantages advantages, AdvantageSettings settings) {
    each(observer -> observer.groupComputed(advantages, settings));
  }

  @Override
  public void groupRejected(GroupRejection rejection) {
    each(observer -> observer.groupRejected(rejection));
  }

  @Override
  public void requestRefused(List<Violation> violations) {
    each(observer -> observer.requestRefused(violations));
  }

  @Override
  public void textsDeduplicated(int texts, long tokens) {
    each(observer -> observer.textsDeduplicated(texts, tokens));
  }

  @Override
  public void groupShed() {
    each(PipelineObserver::groupShed);
  }

  @Override
  public void deadlineMissed() {
    each(PipelineObserver::deadlineMissed);
  }

  private void each(Consumer<PipelineObserver> notification) {
    observers.forEach(notification);
  }
}
