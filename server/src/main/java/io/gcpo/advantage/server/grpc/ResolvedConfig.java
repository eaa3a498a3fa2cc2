// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.advantage.estimator.EstimatorChoice;
import io.gcpo.advantage.server.embedding.TruncationPolicy;

/** An AdvantageConfig with every field decided. */
record ResolvedConfig(EstimatorChoice choice, TruncationPolicy truncationPolicy) {}
