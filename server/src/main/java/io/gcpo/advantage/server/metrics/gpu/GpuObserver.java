// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics.gpu;

/** Hears of GPUs; called by one thread, must not throw. */
public interface GpuObserver {

  /** How a GPU does just now. */
  void sampled(GpuSample sample);

  /** No more is known of any GPU. */
  void lost();
}
