// SPDX-License-Identifier: Apache-2.0
/** Models on disk: which files there are, what they say, and whether they can be trusted. */
@NullMarked
package io.gcpo.advantage.server.embedding.model;

import org.jspecify.annotations.NullMarked;
