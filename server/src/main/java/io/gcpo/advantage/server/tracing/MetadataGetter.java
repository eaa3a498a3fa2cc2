// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import io.grpc.Metadata;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;

/** Finds the caller's trace in the headers of a call. */
enum MetadataGetter implements TextMapGetter<Metadata> {
  INSTANCE;

  @Override
  public Iterable<String> keys(Metadata headers) {
    return headers.keys();
  }

  @Override
  public @Nullable String get(@Nullable Metadata headers, String key) {
    return headers == null
        ? null
        : headers.get(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER));
  }
}
