// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.inject.AbstractModule;

/** Serves inside this process. */
public final class InProcessModule extends AbstractModule {
  private final String name;

  /** Unique in this process. */
  public InProcessModule(String name) {
    this.name = name;
  }

  @Override
  protected void configure() {
    bind(Transport.class).toInstance(new InProcessTransport(name));
  }
}
