// SPDX-License-Identifier: Apache-2.0
/** Every metric of {@code /metrics}, declared once. */
@NullMarked
package io.gcpo.advantage.server.metrics.catalog;

import org.jspecify.annotations.NullMarked;
