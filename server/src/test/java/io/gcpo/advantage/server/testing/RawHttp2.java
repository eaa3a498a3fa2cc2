// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/**
 * An HTTP/2 client that sends whatever frames a test wants, in plain text over loopback: what no
 * gRPC library would send. Confined to one thread.
 */
public final class RawHttp2 implements AutoCloseable {
  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int PRIORITY = 2;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PING = 6;
  public static final int GOAWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;
  public static final int END_STREAM = 1;

  /** Of SETTINGS and PING. */
  public static final int ACK = 1;

  public static final int END_HEADERS = 4;
  public static final int CANCEL = 8;
  public static final int ENHANCE_YOUR_CALM = 11;

  /** What an HTTP/2 client says first; SETTINGS must follow. */
  public static final ByteString PREFACE =
      ByteString.copyFromUtf8("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

  private static final int READ_TIMEOUT_MILLIS = 30_000;

  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;

  /**
   * A frame that came.
   *
   * @param type as the constants have it
   * @param payload without its nine bytes of header
   */
  public record Frame(int type, int flags, int stream, ByteString payload) {
    /** Of RST_STREAM or GOAWAY. */
    public int errorCode() {
      return payload.asReadOnlyByteBuffer().getInt(type == GOAWAY ? 4 : 0);
    }

    /** Whether header blocks hold this value, which must not be compressed by Huffman's code. */
    public boolean contains(String text) {
      return payload.toString(US_ASCII).contains(text);
    }
  }

  /** Connects and says hello. */
  public RawHttp2(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    out = socket.getOutputStream();
    in = new DataInputStream(socket.getInputStream());
    out.write(PREFACE.toByteArray());
    send(SETTINGS, 0, 0, new byte[0]);
  }

  /** Opens a gRPC call; odd {@code stream} ids, ascending. */
  public void open(int stream, String method) throws IOException {
    send(HEADERS, END_HEADERS, stream, headers(method));
  }

  /** The first bytes of a gRPC message that is {@code length} bytes long. */
  public void startMessage(int stream, int length) throws IOException {
    send(DATA, 0, stream, ByteBuffer.allocate(5).put((byte) 0).putInt(length).array());
  }

  /** Resets a call. */
  public void reset(int stream) throws IOException {
    send(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
  }

  /** One frame. */
  public void send(int type, int flags, int stream, byte[] payload) throws IOException {
    out.write(frame(type, flags, stream, payload));
  }

  /** The bytes of a frame. */
  public static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
    frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
    return frame.array();
  }

  /** Reads up to the next frame of that type; EOFException if the connection ends before. */
  public Frame await(int type) throws IOException {
    while (true) {
      Frame frame = next();
      if (frame.type() == type) {
        return frame;
      }
    }
  }

  /** Reads until the server closes the connection. */
  public void awaitClosed() throws IOException {
    try {
      while (true) {
        next();
      }
    } catch (EOFException | SocketException closed) {
      // That is it.
    }
  }

  private Frame next() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    return new Frame(type, flags, stream, ByteString.copyFrom(in.readNBytes(length)));
  }

  /** The header block of a gRPC call, nothing in it compressed. */
  public static byte[] headers(String method) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    literal(block, ":method", "POST");
    literal(block, ":scheme", "http");
    literal(block, ":path", "/" + method);
    literal(block, ":authority", "localhost");
    literal(block, "content-type", "application/grpc");
    literal(block, "te", "trailers");
    return block.toByteArray();
  }

  /** Adds a header that is short enough for lengths of one byte. */
  public static void literal(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    block.write(name.length());
    block.writeBytes(name.getBytes(US_ASCII));
    block.write(value.length());
    block.writeBytes(value.getBytes(US_ASCII));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
