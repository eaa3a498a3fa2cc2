// SPDX-License-Identifier: Apache-2.0
/** The ONNX Runtime engine. */
@NullMarked
package io.gcpo.advantage.server.embedding.onnx;

import org.jspecify.annotations.NullMarked;
