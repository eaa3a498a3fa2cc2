// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Tensors in the safetensors format: the header's length (64 bits, little-endian), the header
 * (JSON: name to {@code dtype}, {@code shape}, {@code data_offsets}), the values. F32, F16 and BF16
 * are read, as float32. Nothing of the file is trusted: whatever is wrong is an {@link
 * InvalidModelException}.
 */
final class SafetensorsFile {
  private static final int LENGTH_BYTES = 8;

  /** Some hundred bytes a tensor: far above any header of a layer. */
  private static final long MAX_HEADER_BYTES = 1L << 20;

  private final Path file;
  private final JsonObject header;
  private final long dataStart;
  private final long dataBytes;

  private SafetensorsFile(Path file, JsonObject header, long dataStart, long dataBytes) {
    this.file = file;
    this.header = header;
    this.dataStart = dataStart;
    this.dataBytes = dataBytes;
  }

  /** Reads the header of {@code file}. */
  static SafetensorsFile read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidModelException(file, "missing (expected: a safetensors file)");
    }
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() < LENGTH_BYTES) {
        throw new InvalidModelException(
            file, "%d bytes (expected: a header)".formatted(channel.size()));
      }
      long length = bytes(channel, 0, LENGTH_BYTES).getLong();
      long most = Math.min(MAX_HEADER_BYTES, channel.size() - LENGTH_BYTES);
      if (length < 2 || length > most) {
        throw new InvalidModelException(
            file,
            "header: %s bytes (expected: 2 to %d)".formatted(Long.toUnsignedString(length), most));
      }
      String json = UTF_8.decode(bytes(channel, LENGTH_BYTES, (int) length)).toString();
      JsonObject header = new Gson().fromJson(json, JsonObject.class);
      if (header == null) {
        throw new InvalidModelException(file, "header: empty (expected: a JSON object)");
      }
      long start = LENGTH_BYTES + length;
      return new SafetensorsFile(file, header, start, channel.size() - start);
    } catch (JsonParseException e) {
      throw new InvalidModelException(file, "header: not a JSON object", e);
    } catch (IOException e) {
      throw new InvalidModelException(file, "cannot be read", e);
    }
  }

  /** The values of the tensor {@code name}, row-major, which must be finite and of this shape. */
  float[] floats(String name, int... shape) {
    if (!(header.get(name) instanceof JsonObject tensor)) {
      throw new InvalidModelException(
          file, "tensor %s: missing (expected: among %s)".formatted(name, header.keySet()));
    }
    List<Long> expected = Arrays.stream(shape).asLongStream().boxed().toList();
    if (!longs(tensor.get("shape")).equals(expected)) {
      throw invalid(name, "shape", tensor.get("shape"), expected.toString());
    }
    FloatType type = type(name, tensor.get("dtype"));
    long bytes = type.bytes();
    for (int length : shape) {
      bytes = Math.multiplyExact(bytes, (long) length);
    }
    List<Long> offsets = longs(tensor.get("data_offsets"));
    if (offsets.size() != 2
        || offsets.get(0) < 0
        || offsets.get(1) > dataBytes
        || offsets.get(1) - offsets.get(0) != bytes
        || bytes > Integer.MAX_VALUE) {
      throw invalid(
          name,
          "data_offsets",
          tensor.get("data_offsets"),
          "%d bytes in [0, %d]".formatted(bytes, dataBytes));
    }
    try (FileChannel channel = FileChannel.open(file)) {
      return finite(name, type, bytes(channel, dataStart + offsets.get(0), (int) bytes));
    } catch (IOException e) {
      throw new InvalidModelException(file, "cannot be read", e);
    }
  }

  private float[] finite(String name, FloatType type, ByteBuffer source) {
    float[] values = new float[source.remaining() / type.bytes()];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.next(source);
      if (!Float.isFinite(values[i])) {
        throw new InvalidModelException(
            file, "tensor %s: %s at %d (expected: finite)".formatted(name, values[i], i));
      }
    }
    return values;
  }

  private FloatType type(String name, JsonElement dtype) {
    for (FloatType type : FloatType.values()) {
      if (dtype != null && dtype.isJsonPrimitive() && dtype.getAsString().equals(type.name())) {
        return type;
      }
    }
    throw invalid(name, "dtype", dtype, "among " + Arrays.toString(FloatType.values()));
  }

  private InvalidModelException invalid(String name, String key, Object value, String expected) {
    return new InvalidModelException(
        file, "tensor %s: %s: %s (expected: %s)".formatted(name, key, value, expected));
  }

  /** Empty if {@code json} is not an array of whole numbers. */
  private static List<Long> longs(JsonElement json) {
    List<Long> numbers = new ArrayList<>();
    if (json != null && json.isJsonArray()) {
      for (JsonElement number : json.getAsJsonArray()) {
        try {
          numbers.add(number.getAsBigDecimal().longValueExact());
        } catch (RuntimeException e) {
          return List.of();
        }
      }
    }
    return numbers;
  }

  private static ByteBuffer bytes(FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException(Objects.toString(channel));
      }
    }
    return buffer.flip();
  }
}
