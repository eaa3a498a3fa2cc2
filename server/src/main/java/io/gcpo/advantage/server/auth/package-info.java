// SPDX-License-Identifier: Apache-2.0
/** Who calls: bearer tokens, known by their hashes. */
@NullMarked
package io.gcpo.advantage.server.auth;

import org.jspecify.annotations.NullMarked;
