// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps;

/** What counts as a step of a solution. */
public enum StepKind {
  /**
   * Code where the text, or what is fenced in it, looks like code, with the equations outside of
   * the fences if there are any; mathematics otherwise. Each text is judged alone.
   */
  AUTO,
  /** Equations, results and numbers; sentences where there is no equation. */
  MATH,
  /** Runs of normalised tokens. */
  CODE,
  /** Sentences. */
  SENTENCES
}
