package dev.auscult.base;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of one message in Protocol Buffers' wire format, in file order; groups are not
 * supported.
 */
public final class ProtobufMessage {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;

  private ProtobufMessage() {}

  /**
   * One field.
   *
   * @param number in the message's definition
   * @param bits of a number; 0 for bytes
   * @param bytes of a string or an inner message; empty for a number
   */
  public record Field(int number, long bits, ByteBuffer bytes) {
    /** The bits as a float. */
    public float asFloat() {
      return Float.intBitsToFloat((int) bits);
    }
  }

  /** The bytes are not of that format. */
  public static final class FormatException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what was found. */
    public FormatException(String message) {
      super(message);
    }
  }

  /** Takes one field after another. */
  public interface Reader {
    /** Takes the next field. */
    void read(Field field) throws FormatException;
  }

  /** All fields; for messages that are small. */
  public static List<Field> fields(ByteBuffer message) throws FormatException {
    List<Field> fields = new ArrayList<>();
    read(message, fields::add);
    return fields;
  }

  /** Reads a message of any size field by field; bytes are views of the message. */
  public static void read(ByteBuffer message, Reader reader) throws FormatException {
    ByteBuffer in = message.slice().order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      long key = varint(in);
      int number = (int) (key >>> 3);
      if (key >>> 3 < 1 || key >>> 3 > (1 << 29) - 1) {
        throw new FormatException("field number " + (key >>> 3));
      }
      reader.read(field(in, number, (int) (key & 7)));
    }
  }

  /** The numbers of a packed field. */
  public static List<Long> varints(ByteBuffer packed) throws FormatException {
    ByteBuffer in = packed.slice();
    List<Long> numbers = new ArrayList<>();
    while (in.hasRemaining()) {
      numbers.add(varint(in));
    }
    return numbers;
  }

  private static Field field(ByteBuffer in, int number, int wireType) throws FormatException {
    ByteBuffer none = ByteBuffer.allocate(0);
    return switch (wireType) {
      case VARINT -> new Field(number, varint(in), none);
      case FIXED_64 -> new Field(number, bytes(in, Long.BYTES).getLong(), none);
      case BYTES -> new Field(number, 0, bytes(in, varint(in)));
      case FIXED_32 -> new Field(number, bytes(in, Integer.BYTES).getInt(), none);
      default -> throw new FormatException("wire type " + wireType);
    };
  }

  private static ByteBuffer bytes(ByteBuffer in, long length) throws FormatException {
    if (length < 0 || length > in.remaining()) {
      throw new FormatException(
          "a field of %d bytes where %d remain".formatted(length, in.remaining()));
    }
    ByteBuffer part = in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + (int) length);
    return part;
  }

  private static long varint(ByteBuffer in) throws FormatException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (!in.hasRemaining()) {
        throw new FormatException("an end within a number");
      }
      byte next = in.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new FormatException("a number of more than 64 bits");
  }
}
