// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.page;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;

/** Wires the page. */
public final class PageModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(ServerSection.class).in(Singleton.class);
    bind(ModelSection.class).in(Singleton.class);
    bind(RecentGroupsSection.class).in(Singleton.class);
    bind(LimitsSection.class).in(Singleton.class);
    bind(OverviewPage.class).in(Singleton.class);
    bind(Documents.class).in(Singleton.class);
  }
}
