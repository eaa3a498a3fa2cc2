// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

/** What became of one group. */
public sealed interface GroupOutcome permits GroupRejection, GroupSuccess {
  /** The group's id. */
  String groupId();
}
