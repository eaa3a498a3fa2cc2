// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

/** A kind of time that is measured. */
public enum Series {
  /** From the instant a call was due to its answer: what whoever waits for it feels. */
  RESPONSE,
  /** From the instant it was sent to its answer. */
  SERVICE,
  /** From the instant a step of several calls was due to the last of its answers. */
  STEP,
  /** What the server says it waited for embeddings. */
  SERVER_EMBEDDING,
  /** What the server says kernels and advantages took. */
  SERVER_ADVANTAGES,
  /** From the instant texts were due to be submitted to the answer that all is done. */
  SUBMIT,
  /** From the instant a call was due to the instant it was sent: the driver's own lateness. */
  LAG
}
