// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.advantage.AdvantageSettings;
import io.gcpo.advantage.server.embedding.TruncationPolicy;

/** An AdvantageConfig with every field decided. */
record ResolvedConfig(AdvantageSettings settings, TruncationPolicy truncationPolicy) {}
