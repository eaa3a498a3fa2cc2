// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

/** A group after its texts were embedded: ready for its estimator, or refused. */
sealed interface Prepared permits ReadyGroup, GroupRejection {}
