package dev.auscult.data;

import dev.auscult.base.InputException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an array in NumPy's {@code npy} format, versions 1 to 3.
 *
 * @param type kind and bytes of a value, e.g. {@code |u1}
 * @param columnMajor whether the first index varies fastest
 * @param shape lengths, at least one
 * @param bytes how long the head is
 */
record NumpyHeader(String type, boolean columnMajor, List<Integer> shape, int bytes) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER = 1 << 16;
  private static final int MAX_DIMENSIONS = 8;
  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([^']{2,20})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([\\d, ]{0,120})\\)");

  /** Copies the list. */
  NumpyHeader {
    shape = List.copyOf(shape);
  }

  /**
   * Reads the head from the beginning of an array.
   *
   * @param subject what messages name
   * @throws InputException if it is none, or the values are Python objects
   */
  static NumpyHeader read(DataInputStream in, String subject) throws IOException {
    try {
      byte[] magic = in.readNBytes(MAGIC.length);
      int version = in.readUnsignedByte();
      in.readUnsignedByte();
      if (!Arrays.equals(magic, MAGIC) || version < 1 || version > 3) {
        throw broken(subject, "no array of NumPy");
      }
      int width = version == 1 ? 2 : 4;
      long length = littleEndian(in.readNBytes(width), width);
      if (length > MAX_HEADER) {
        throw broken(subject, "a header of " + length + " bytes");
      }
      byte[] text = in.readNBytes((int) length);
      if (text.length < length) {
        throw broken(subject, "an array that ends in its header");
      }
      return parse(
          new String(text, StandardCharsets.ISO_8859_1),
          MAGIC.length + 2 + width + (int) length,
          subject);
    } catch (EOFException e) {
      throw broken(subject, "an array that ends in its header");
    }
  }

  private static long littleEndian(byte[] bytes, int width) throws EOFException {
    if (bytes.length < width) {
      throw new EOFException();
    }
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[i] & 0xff);
    }
    return value;
  }

  private static NumpyHeader parse(String text, int bytes, String subject) {
    Matcher type = TYPE.matcher(text);
    Matcher order = ORDER.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!type.find() || !order.find() || !shape.find()) {
      throw broken(subject, "a header without descr, fortran_order and shape of plain numbers");
    }
    if (type.group(1).contains("O")) {
      throw new InputException(
          subject,
          "pickled Python objects, which can run code when read",
          "numbers",
          "save it again with a numeric dtype");
    }
    List<Integer> lengths =
        Arrays.stream(shape.group(1).split(",", -1))
            .map(String::strip)
            .filter(length -> !length.isEmpty())
            .map(length -> length(length, subject))
            .toList();
    if (lengths.isEmpty() || lengths.size() > MAX_DIMENSIONS) {
      throw broken(subject, lengths.size() + " dimensions");
    }
    return new NumpyHeader(type.group(1), order.group(1).equals("True"), lengths, bytes);
  }

  private static int length(String text, String subject) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw broken(subject, "a length of " + text);
    }
  }

  /** Bytes of a value: the number at the end of {@link #type}. */
  int width() {
    String digits = type.replaceFirst("^\\D*", "");
    return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : 1;
  }

  /** Values in all along the dimensions from {@code first} on. */
  long count(int first, String subject) {
    long count = 1;
    try {
      for (int length : shape.subList(first, shape.size())) {
        count = Math.multiplyExact(count, (long) length);
      }
    } catch (ArithmeticException e) {
      throw broken(subject, "a shape of " + shape);
    }
    return count;
  }

  /** An array that is not what is needed. */
  static InputException broken(String subject, String found) {
    return new InputException(
        subject,
        found,
        "an array of numbers as NumPy saves it",
        "check the file or download it again");
  }
}
