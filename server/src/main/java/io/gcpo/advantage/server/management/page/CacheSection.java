// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.page;

import io.gcpo.advantage.server.management.live.Moment;

/** What is kept, and whether it helps. */
final class CacheSection {
  private CacheSection() {}

  static Html caches(Moment moment) {
    Table table =
        new Table("Caches", "cache", "hits", "misses", "share of hits", "evictions", "memory");
    moment
        .meters()
        .caches()
        .forEach(
            (name, cache) ->
                table.row(
                    name,
                    Numbers.count(cache.hits()),
                    Numbers.count(cache.misses()),
                    Numbers.share(cache.hits(), cache.hits() + cache.misses()),
                    Numbers.count(cache.evictions()),
                    Numbers.bytes(cache.bytes())));
    return Section.of("caches", "Caches", table.html(), Section.note("Since the start."));
  }
}
