// SPDX-License-Identifier: Apache-2.0
/** What the management page knows of the last minutes, in bounded memory. */
@NullMarked
package io.gcpo.advantage.server.management.live;

import org.jspecify.annotations.NullMarked;
