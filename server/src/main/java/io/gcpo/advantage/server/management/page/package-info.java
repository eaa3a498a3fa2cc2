// SPDX-License-Identifier: Apache-2.0
/** The management page: HTML without scripts, one section a file. */
@NullMarked
package io.gcpo.advantage.server.management.page;

import org.jspecify.annotations.NullMarked;
