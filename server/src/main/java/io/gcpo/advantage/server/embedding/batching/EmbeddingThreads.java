// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;

/**
 * The embedder's threads, which it ends when it stops.
 *
 * @param tokenizer a fixed number of threads; its queue holds one entry a request, so that the
 *     embedder's own bound is its bound
 * @param workers makes one thread an encoder, and one that watches them
 */
public record EmbeddingThreads(ExecutorService tokenizer, ThreadFactory workers) {}
