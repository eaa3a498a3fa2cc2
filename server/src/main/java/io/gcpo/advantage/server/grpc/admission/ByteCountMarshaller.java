// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

import com.google.common.primitives.Longs;
import io.grpc.Metadata.AsciiMarshaller;
import org.jspecify.annotations.Nullable;

/** A number of bytes in decimal digits; whatever else a header says counts as nothing said. */
final class ByteCountMarshaller implements AsciiMarshaller<Long> {
  @Override
  public String toAsciiString(Long bytes) {
    return Long.toString(bytes);
  }

  @Override
  public @Nullable Long parseAsciiString(String text) {
    Long bytes = Longs.tryParse(text);
    return bytes == null || bytes < 0 ? null : bytes;
  }
}
