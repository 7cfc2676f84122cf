package dev.auscult.image;

import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The parts of a PNG file (ISO/IEC 15948) that its pixels depend on. Every other chunk is left out
 * of what the platform's reader sees: transparency, gamma, profiles, texts.
 */
final class PngFile {
  private static final int SIGNATURE_LENGTH = 8;
  private static final int CHUNK_OVERHEAD = 12;
  private static final int HEADER_LENGTH = 13;
  private static final int IHDR = 0x49484452;
  private static final int PLTE = 0x504c5445;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454e44;
  private static final int EXIF = 0x65584966;

  /** No deflate stream expands by more: 258 bytes from 2 bits. */
  private static final long MAX_EXPANSION = 1032;

  /** Adam7: first column, first row, column step, row step of each pass. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private enum Colour {
    GRAY(0, 1, 1 | 2 | 4 | 8 | 16),
    RGB(2, 3, 8 | 16),
    PALETTE(3, 1, 1 | 2 | 4 | 8),
    GRAY_ALPHA(4, 2, 8 | 16),
    RGB_ALPHA(6, 4, 8 | 16);

    final int code;
    final int samples;
    final int depths;

    Colour(int code, int samples, int depths) {
      this.code = code;
      this.samples = samples;
      this.depths = depths;
    }

    boolean allows(int depth) {
      return Integer.bitCount(depth) == 1 && (depths & depth) != 0;
    }
  }

  private final ByteBuffer chunks;
  private final int width;
  private final int height;
  private final int depth;
  private final Colour colour;
  private final boolean interlaced;
  private byte[] palette = new byte[0];
  private Orientation orientation = Orientation.UPRIGHT;
  private long compressed;
  private final ByteArrayOutputStream essential = new ByteArrayOutputStream();

  /** Takes the header chunk's content and what follows it. */
  private PngFile(ByteBuffer chunks, ByteBuffer header) throws ImageFormatException {
    this.chunks = chunks;
    width = header.getInt();
    height = header.getInt();
    depth = header.get();
    int colourCode = header.get();
    colour =
        Arrays.stream(Colour.values())
            .filter(known -> known.code == colourCode && known.allows(depth))
            .findFirst()
            .orElseThrow(() -> damaged("colour type " + colourCode + " at " + depth + " bits"));
    int compression = header.get();
    int filter = header.get();
    int interlace = header.get();
    if (width < 1 || height < 1) {
      throw damaged("a size of %d x %d pixels".formatted(width, height));
    }
    if (compression != 0 || filter != 0 || interlace < 0 || interlace > 1) {
      throw damaged("an unknown compression, filter or interlace method");
    }
    interlaced = interlace == 1;
  }

  /** Reads the header alone. */
  static PngFile open(byte[] file) throws ImageFormatException {
    ByteBuffer in = ByteBuffer.wrap(file, SIGNATURE_LENGTH, file.length - SIGNATURE_LENGTH);
    ByteBuffer header = nextChunk(in);
    if (header.getInt(4) != IHDR || header.capacity() != HEADER_LENGTH + CHUNK_OVERHEAD) {
      throw damaged("no header chunk at the beginning");
    }
    PngFile png = new PngFile(in, content(header));
    png.essential.write(file, 0, SIGNATURE_LENGTH);
    png.keep(header);
    return png;
  }

  private static ByteBuffer nextChunk(ByteBuffer in) throws ImageFormatException {
    if (in.remaining() < CHUNK_OVERHEAD) {
      throw truncated();
    }
    int length = in.getInt(in.position());
    if (length < 0 || length > in.remaining() - CHUNK_OVERHEAD) {
      throw truncated();
    }
    ByteBuffer chunk = in.slice(in.position(), length + CHUNK_OVERHEAD);
    in.position(in.position() + chunk.capacity());
    return chunk;
  }

  private void take(int type, ByteBuffer chunk) throws ImageFormatException {
    switch (type) {
      case IHDR -> throw damaged("a second header chunk");
      case PLTE -> {
        if (colour == Colour.PALETTE) {
          palette = bytes(content(chunk));
          keep(chunk);
        }
      }
      case IDAT -> {
        compressed += content(chunk).remaining();
        keep(chunk);
      }
      case IEND -> keep(chunk);
      case EXIF ->
          orientation = Orientation.fromExif(bytes(content(chunk))).orElse(Orientation.UPRIGHT);
      default -> {}
    }
  }

  private void keep(ByteBuffer chunk) throws ImageFormatException {
    CRC32 crc = new CRC32();
    crc.update(chunk.slice(4, chunk.capacity() - 8));
    if ((int) crc.getValue() != chunk.getInt(chunk.capacity() - 4)) {
      throw damaged("a chunk whose checksum does not match");
    }
    essential.writeBytes(bytes(chunk));
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The upright pixels; the caller has checked their number. */
  RgbImage decode() throws ImageFormatException {
    readChunks();
    checkPlausibility();
    Raster raster =
        PlatformReader.read("PNG", essential.toByteArray(), reader -> reader.read(0).getRaster());
    byte[] rgb = new byte[3 * width * height];
    int[] row = new int[raster.getNumBands() * width];
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      toRgb(row, raster.getNumBands(), rgb, 3 * y * width);
    }
    return orientation.apply(new RgbImage(width, height, rgb));
  }

  private void readChunks() throws ImageFormatException {
    int type = IHDR;
    while (type != IEND) {
      ByteBuffer chunk = nextChunk(chunks);
      type = chunk.getInt(4);
      take(type, chunk);
    }
  }

  private void checkPlausibility() throws ImageFormatException {
    if (colour == Colour.PALETTE && (palette.length == 0 || palette.length % 3 != 0)) {
      throw damaged("no usable palette");
    }
    if (unfilteredLength() > MAX_EXPANSION * compressed) {
      throw damaged("%d bytes of data for %d x %d pixels".formatted(compressed, width, height));
    }
  }

  private void toRgb(int[] row, int samples, byte[] rgb, int at) {
    for (int x = 0; x < width; x++) {
      int from = x * samples;
      int to = at + 3 * x;
      switch (colour) {
        case GRAY -> Arrays.fill(rgb, to, to + 3, gray(row[from]));
        case GRAY_ALPHA -> Arrays.fill(rgb, to, to + 3, high(row[from]));
        case PALETTE -> {
          int entry = 3 * row[from];
          for (int c = 0; c < 3 && entry < palette.length; c++) {
            rgb[to + c] = palette[entry + c];
          }
        }
        case RGB, RGB_ALPHA -> {
          rgb[to] = high(row[from]);
          rgb[to + 1] = high(row[from + 1]);
          rgb[to + 2] = high(row[from + 2]);
        }
      }
    }
  }

  private byte gray(int sample) {
    int top = (1 << depth) - 1;
    return (byte) ((sample * 255 + top / 2) / top);
  }

  private byte high(int sample) {
    return (byte) (depth == 16 ? sample >> 8 : sample);
  }

  /** Bytes of all rows with their filter bytes, over the passes of an interlaced image. */
  private long unfilteredLength() {
    if (!interlaced) {
      return rowsLength(width, height);
    }
    long length = 0;
    for (int[] pass : PASSES) {
      length +=
          rowsLength(
              ((long) width - pass[0] + pass[2] - 1) / pass[2],
              ((long) height - pass[1] + pass[3] - 1) / pass[3]);
    }
    return length;
  }

  private long rowsLength(long columns, long rows) {
    return columns == 0 || rows == 0 ? 0 : rows * (1 + (columns * colour.samples * depth + 7) / 8);
  }

  private static ByteBuffer content(ByteBuffer chunk) {
    return chunk.slice(8, chunk.capacity() - CHUNK_OVERHEAD);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static ImageFormatException truncated() {
    return new ImageFormatException("a PNG file that ends too early", "a complete PNG image");
  }

  private static ImageFormatException damaged(String what) {
    return new ImageFormatException("a PNG file with " + what, "a valid PNG image");
  }
}
