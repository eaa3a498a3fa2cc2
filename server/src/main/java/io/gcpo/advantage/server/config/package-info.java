// SPDX-License-Identifier: Apache-2.0
/** How configuration is found and checked; each feature keeps its own settings beside itself. */
@NullMarked
package io.gcpo.advantage.server.config;

import org.jspecify.annotations.NullMarked;
