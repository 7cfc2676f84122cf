package dev.auscult.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Where bytes stop being UTF-8. */
final class MalformedLine {
  private static final int CHUNK = 1 << 16;

  private final CharBuffer decoded = CharBuffer.allocate(CHUNK);
  private long line = 1;
  private boolean afterReturn;

  private MalformedLine() {}

  /** The line of the first bytes that are not UTF-8, from 1; empty if all are. */
  static OptionalLong first(InputStream bytes) throws IOException {
    return new MalformedLine().find(bytes);
  }

  private OptionalLong find(InputStream bytes) throws IOException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer encoded = ByteBuffer.allocate(CHUNK);
    boolean end = false;
    while (!end) {
      int read = bytes.read(encoded.array(), encoded.position(), encoded.remaining());
      end = read < 0;
      encoded.position(encoded.position() + Math.max(0, read)).flip();
      CoderResult result = decoder.decode(encoded, decoded, end);
      count();
      if (result.isError()) {
        return OptionalLong.of(line);
      }
      encoded.compact();
    }
    return OptionalLong.empty();
  }

  /** Counts line feeds, returns, and both together as one. */
  private void count() {
    decoded.flip();
    while (decoded.hasRemaining()) {
      char next = decoded.get();
      if (next == '\r' || (next == '\n' && !afterReturn)) {
        line++;
      }
      afterReturn = next == '\r';
    }
    decoded.clear();
  }
}
