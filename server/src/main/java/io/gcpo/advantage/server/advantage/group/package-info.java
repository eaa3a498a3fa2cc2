// SPDX-License-Identifier: Apache-2.0
/** The rollouts of one prompt as verifier, trainer and encoder report them. Pure. */
@NullMarked
package io.gcpo.advantage.server.advantage.group;

import org.jspecify.annotations.NullMarked;
