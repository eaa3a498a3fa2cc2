// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.WireFormat;
import io.gcpo.advantage.server.pipeline.Violation;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message's bytes with every string made valid UTF-8, and the paths of the strings that were not.
 *
 * <p>Protobuf refuses a whole message for one bad string. This walks the bytes along the
 * descriptor, once, only after that refusal, so that the caller learns which field it was and the
 * other groups of the request are not lost. Messages nest no deeper here than protobuf's own parser
 * allows.
 */
final class Utf8Repair {
  private static final int MAX_DEPTH = 100;

  private final ImmutableList.Builder<Violation> violations = ImmutableList.builder();
  private final byte[] bytes;

  private Utf8Repair(Descriptor type, byte[] unsound) throws IOException {
    this.bytes = message(type, "", CodedInputStream.newInstance(unsound), 0).toByteArray();
  }

  /** Throws if the bytes are no message of that type for another reason than their UTF-8. */
  static Utf8Repair of(Descriptor type, byte[] unsound) throws IOException {
    return new Utf8Repair(type, unsound);
  }

  /** The repaired message. The caller's own. */
  byte[] bytes() {
    return bytes.clone();
  }

  /** One for each string that was not UTF-8. */
  List<Violation> violations() {
    return violations.build();
  }

  private ByteString message(Descriptor type, String path, CodedInputStream input, int depth)
      throws IOException {
    if (depth > MAX_DEPTH) {
      throw new IOException("nested deeper than " + MAX_DEPTH);
    }
    ByteString.Output buffer = ByteString.newOutput();
    CodedOutputStream output = CodedOutputStream.newInstance(buffer);
    Map<FieldDescriptor, Integer> counts = new HashMap<>();
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED
          || !holdsText(field)) {
        UnknownFieldSet.Builder copy = UnknownFieldSet.newBuilder();
        copy.mergeFieldFrom(tag, input);
        copy.build().writeTo(output);
        continue;
      }
      String fieldPath = path + (path.isEmpty() ? "" : ".") + field.getName();
      if (field.isRepeated()) {
        fieldPath += "[" + (counts.merge(field, 1, Integer::sum) - 1) + "]";
      }
      output.writeUInt32NoTag(tag);
      output.writeBytesNoTag(value(field, fieldPath, input.readBytes(), depth));
    }
    output.flush();
    return buffer.toByteString();
  }

  private ByteString value(FieldDescriptor field, String path, ByteString value, int depth)
      throws IOException {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      return message(field.getMessageType(), path, value.newCodedInput(), depth + 1);
    }
    if (value.isValidUtf8()) {
      return value;
    }
    violations.add(new Violation(path, "invalid bytes (expected: UTF-8)"));
    return ByteString.copyFromUtf8(value.toStringUtf8());
  }

  private static boolean holdsText(@Nullable FieldDescriptor field) {
    return field != null
        && (field.getType() == FieldDescriptor.Type.STRING
            || field.getType() == FieldDescriptor.Type.MESSAGE);
  }
}
