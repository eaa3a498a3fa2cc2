// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps;

/** What counts as a step of a solution. */
public enum StepKind {
  /** Code where the text looks like code, mathematics otherwise. */
  AUTO,
  /** Equations, results and numbers; sentences where there is no equation. */
  MATH,
  /** Runs of normalised tokens. */
  CODE,
  /** Sentences. */
  SENTENCES
}
