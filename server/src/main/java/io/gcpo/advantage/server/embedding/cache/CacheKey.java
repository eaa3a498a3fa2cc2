// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import io.gcpo.advantage.server.embedding.DigestTask;

/**
 * All that shapes an embedding: embeddings of equal keys are equal, bit for bit.
 *
 * @param fingerprint of the model
 */
record CacheKey(String fingerprint, DigestTask task) {}
