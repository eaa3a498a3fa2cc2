// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

/** One group of a request: to be computed, or refused already. */
public sealed interface JobEntry permits GroupJob, GroupRejection {
  /** The group's id. */
  String groupId();
}
