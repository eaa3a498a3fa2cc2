// SPDX-License-Identifier: Apache-2.0
/** Weights in safetensors files, none of which is trusted. */
@NullMarked
package io.gcpo.advantage.server.embedding.safetensors;

import org.jspecify.annotations.NullMarked;
