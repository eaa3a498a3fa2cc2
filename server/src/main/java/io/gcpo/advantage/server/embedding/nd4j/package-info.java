// SPDX-License-Identifier: Apache-2.0
/** The ND4J engine: the BERT family in ND4J's own operations. */
@NullMarked
package io.gcpo.advantage.server.embedding.nd4j;

import org.jspecify.annotations.NullMarked;
