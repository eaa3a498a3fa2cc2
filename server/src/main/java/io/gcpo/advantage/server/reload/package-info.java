// SPDX-License-Identifier: Apache-2.0
/** Files that may be replaced while the server runs: looked at again, checked, then taken. */
@NullMarked
package io.gcpo.advantage.server.reload;

import org.jspecify.annotations.NullMarked;
