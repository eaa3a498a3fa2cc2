// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import io.gcpo.advantage.server.advantage.AdvantageSettings;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import java.time.Duration;
import java.util.List;

/**
 * Is told what the pipeline does. Called from several threads; must be quick and must not throw.
 */
public interface PipelineObserver {
  /** Hears nothing. */
  PipelineObserver NONE = new PipelineObserver() {};

  /** A step ended. */
  default void stageEnded(Stage stage, Duration elapsed) {}

  /** A group has the advantages that {@code settings} asked for. */
  default void groupComputed(GroupAdvantages advantages, AdvantageSettings settings) {}

  /** A group was refused or failed. */
  default void groupRejected(GroupRejection rejection) {}

  /** A request was refused as a whole, for these reasons. */
  default void requestRefused(List<Violation> violations) {}

  /**
   * {@code texts} of a request were the same as others of it, which spared the model {@code
   * tokens}.
   */
  default void textsDeduplicated(int texts, long tokens) {}

  /** A group found too many others waiting for a core, and was refused with its request. */
  default void groupShed() {}

  /** The maths of a group was not begun: its deadline had passed. */
  default void deadlineMissed() {}
}
