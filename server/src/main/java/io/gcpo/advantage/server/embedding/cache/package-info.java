// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.gcpo.advantage.server.embedding.cache;

import org.jspecify.annotations.NullMarked;
