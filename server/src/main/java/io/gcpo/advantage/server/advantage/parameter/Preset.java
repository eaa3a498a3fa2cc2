// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.parameter;

/** A value of a parameter that brings other defaults for other parameters. */
public interface Preset {

  /** The parameters with this preset's values. */
  Parameters applyTo(Parameters parameters);
}
