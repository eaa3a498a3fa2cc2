// SPDX-License-Identifier: Apache-2.0
/** What of a text is compared: weighted bags of features. Pure, linear in the text. */
@NullMarked
package io.gcpo.advantage.server.diversity.feature;

import org.jspecify.annotations.NullMarked;
