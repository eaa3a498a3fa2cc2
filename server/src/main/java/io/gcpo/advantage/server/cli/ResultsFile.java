// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.JsonFormat.TypeRegistry;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.gcpo.advantage.v1.GroupResult;
import java.io.IOException;
import java.io.Writer;

/**
 * A file of results, one GroupResult in proto3 JSON a line, with snake_case names and all zeros.
 */
final class ResultsFile {
  private static final JsonFormat.Printer JSON =
      JsonFormat.printer()
          .usingTypeRegistry(
              TypeRegistry.newBuilder()
                  .add(BadRequest.getDescriptor())
                  .add(ErrorInfo.getDescriptor())
                  .add(RetryInfo.getDescriptor())
                  .build())
          .preservingProtoFieldNames()
          .alwaysPrintFieldsWithNoPresence()
          .omittingInsignificantWhitespace();

  private final Writer writer;

  ResultsFile(Writer writer) {
    this.writer = writer;
  }

  void write(GroupResult result) throws IOException {
    writer.write(JSON.print(result));
    writer.write('\n');
  }
}
