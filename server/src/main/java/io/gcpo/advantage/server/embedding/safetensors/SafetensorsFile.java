// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.ByteStreams;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Tensors in the safetensors format: the header's length (64 bits, little-endian), the header, the
 * values, which fill the rest of the file without holes. Nothing of the file is trusted: whatever
 * is wrong is an {@link InvalidModelException}. No more memory is taken than the header, and four
 * bytes for each value read, which the file was seen to hold. Immutable; the file is opened for
 * each call.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">The format</a>
 */
public final class SafetensorsFile {
  private static final int LENGTH_BYTES = 8;

  /** Some hundred bytes a tensor: far above any model's. The format itself allows 100 MB. */
  private static final long MAX_HEADER_BYTES = 16L << 20;

  private static final int CHUNK_BYTES = 1 << 20;

  private final Path file;
  private final ImmutableMap<String, TensorInfo> tensors;
  private final long dataStart;

  private SafetensorsFile(Path file, ImmutableMap<String, TensorInfo> tensors, long dataStart) {
    this.file = file;
    this.tensors = tensors;
    this.dataStart = dataStart;
  }

  /** Reads and checks the header of {@code file}. */
  public static SafetensorsFile open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidModelException(file, "missing (expected: a safetensors file)");
    }
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      if (size < LENGTH_BYTES) {
        throw new InvalidModelException(file, "%d bytes (expected: a header)".formatted(size));
      }
      ByteBuffer buffer = buffer(LENGTH_BYTES);
      fill(channel, 0, buffer);
      long length = buffer.getLong();
      long most = Math.min(MAX_HEADER_BYTES, size - LENGTH_BYTES);
      if (length < 2 || length > most) {
        throw new InvalidModelException(
            file,
            "header: %s bytes (expected: 2 to %d)".formatted(Long.toUnsignedString(length), most));
      }
      long dataStart = LENGTH_BYTES + length;
      InputStream stream = Channels.newInputStream(channel.position(LENGTH_BYTES));
      Reader header = new InputStreamReader(ByteStreams.limit(stream, length), UTF_8.newDecoder());
      return new SafetensorsFile(file, SafetensorsHeader.read(header, size - dataStart), dataStart);
    } catch (IOException
        | IllegalArgumentException
        | IllegalStateException
        | ArithmeticException e) {
      throw new InvalidModelException(file, "header: " + e.getMessage(), e);
    }
  }

  /** Of all tensors, as the header orders them. */
  public ImmutableSet<String> names() {
    return tensors.keySet();
  }

  /** Type and shape of {@code name}; throws {@link InvalidModelException} if there is none. */
  public TensorInfo tensor(String name) {
    TensorInfo tensor = tensors.get(name);
    if (tensor == null) {
      throw new InvalidModelException(
          file,
          "tensor %s: missing (expected: among %s)"
              .formatted(name, names().stream().limit(8).toList()));
    }
    return tensor;
  }

  /**
   * The values of {@code name}, row-major, as float32, the caller's own. Throws {@link
   * InvalidModelException} if the tensor has another shape, if its type is not one of F64, F32, F16
   * and BF16, or if a value is not finite.
   */
  public float[] floats(String name, long... shape) {
    TensorInfo tensor = tensor(name);
    List<Long> expected = Arrays.stream(shape).boxed().toList();
    if (!tensor.shape().equals(expected)) {
      throw invalid(name, "shape: %s (expected: %s)".formatted(tensor.shape(), expected));
    }
    if (!tensor.type().isReadable()) {
      throw invalid(name, "dtype: %s (expected: F64, F32, F16 or BF16)".formatted(tensor.type()));
    }
    long count = (tensor.end() - tensor.begin()) / tensor.type().bytes();
    if (count > Integer.MAX_VALUE - 8) {
      throw invalid(name, "%d values (expected: < 2^31 - 8)".formatted(count));
    }
    try (FileChannel channel = FileChannel.open(file)) {
      long begin = dataStart + tensor.begin();
      if (channel.size() < dataStart + tensor.end()) {
        throw new EOFException("shorter than before");
      }
      return finite(name, tensor.type(), channel, begin, new float[(int) count]);
    } catch (IOException e) {
      throw new InvalidModelException(file, "cannot be read", e);
    }
  }

  private float[] finite(
      String name, TensorType type, FileChannel channel, long begin, float[] values)
      throws IOException {
    int step = CHUNK_BYTES / type.bytes();
    int to = 0;
    while (to < values.length) {
      int from = to;
      to = from + Math.min(step, values.length - from);
      ByteBuffer source = buffer((to - from) * type.bytes());
      fill(channel, begin + (long) from * type.bytes(), source);
      for (int i = from; i < to; i++) {
        values[i] = type.next(source);
        if (!Float.isFinite(values[i])) {
          throw invalid(name, "%s at %d (expected: finite)".formatted(values[i], i));
        }
      }
    }
    return values;
  }

  private InvalidModelException invalid(String name, String problem) {
    return new InvalidModelException(file, "tensor %s: %s".formatted(name, problem));
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Fills {@code target} with what lies at {@code position}, and makes it ready to be read. */
  private static void fill(FileChannel channel, long position, ByteBuffer target)
      throws IOException {
    while (target.hasRemaining()) {
      if (channel.read(target, position + target.position()) < 0) {
        throw new EOFException(Objects.toString(channel));
      }
    }
    target.flip();
  }
}
