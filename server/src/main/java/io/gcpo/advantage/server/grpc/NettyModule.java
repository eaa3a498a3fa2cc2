// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;

/** Serves on a TCP port. */
public final class NettyModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(Transport.class).to(NettyTransport.class).in(Singleton.class);
    bind(NettyTransport.class);
  }
}
