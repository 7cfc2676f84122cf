package dev.auscult.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.auscult.base.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileImageTest {
  private static final List<String> VICTIMS =
      List.of(
          "png/rgb-8.png",
          "png/palette-4-interlaced.png",
          "png/gray-16.png",
          "png/gray-8-exif-3-at-end.png",
          "jpeg/rgb-420.jpg",
          "jpeg/progressive.jpg",
          "jpeg/ycck.jpg",
          "jpeg/exif-6.jpg");

  /** Beyond what any of the victims' few hundred bytes could legitimately unfold to. */
  private static final long MAX_ALLOCATION = 32 << 20;

  private final ImageDecoder decoder = new ImageDecoder();

  @Test
  void everyTruncationIsRefused() {
    for (String victim : VICTIMS) {
      byte[] file = Fixtures.bytes(victim);
      for (int length = 0; length < file.length; length++) {
        byte[] cut = Arrays.copyOf(file, length);
        assertThatThrownBy(() -> decoder.decode(cut, "cut"))
            .isInstanceOf(InputException.class)
            .hasMessageStartingWith("cut: found ");
      }
    }
  }

  @Property(tries = 3000)
  void aDamagedFileDecodesOrIsRefusedAndNeverTakesMuchMemory(
      @ForAll("victims") String victim,
      @ForAll @IntRange(max = 1_000_000) int position,
      @ForAll byte value,
      @ForAll @IntRange(max = 1_000_000) int position2,
      @ForAll byte value2) {
    byte[] file = Fixtures.bytes(victim);
    file[position % file.length] = value;
    file[position2 % file.length] = value2;

    assertDecodesOrIsRefused(file);
  }

  @Property(tries = 1500)
  void aDamagedHeaderWithAValidChecksumDecodesOrIsRefused(
      @ForAll @IntRange(min = 16, max = 28) int position, @ForAll byte value) {
    byte[] file = Fixtures.bytes("png/rgb-8.png");
    file[position] = value;
    CRC32 crc = new CRC32();
    crc.update(file, 12, 17);
    ByteBuffer.wrap(file).putInt(29, (int) crc.getValue());

    assertDecodesOrIsRefused(file);
  }

  @Provide
  Arbitrary<String> victims() {
    return Arbitraries.of(VICTIMS);
  }

  private void assertDecodesOrIsRefused(byte[] file) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      assertThat(decoder.decode(file, "damaged").width()).isPositive();
    } catch (InputException refused) {
      assertThat(refused).hasMessageStartingWith("damaged: found ").message().hasLineCount(1);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MAX_ALLOCATION);
  }

  @Test
  void refusesAHugePngByItsHeaderAlone(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("huge.png");
    Files.write(file, Arrays.copyOf(png(60_000, 60_000, 8, 0, new byte[100]), 33));

    assertThatThrownBy(() -> decoder.decode(file))
        .isInstanceOf(InputException.class)
        .hasMessage(
            file
                + ": found a header that declares 60000 x 60000 pixels; expected at most 64000000"
                + " pixels in all and 65535 on a side; scale the image down");
  }

  @Test
  void refusesAnImageWithinTheLimitsThatItsBytesCannotHold() {
    byte[] png = png(8_000, 8_000, 8, 2, new byte[100]);
    byte[] jpeg = Fixtures.bytes("jpeg/gray.jpg");
    setJpegSize(jpeg, 8_000, 8_000);

    for (byte[] file : List.of(png, jpeg)) {
      assertThatThrownBy(() -> decoder.decode(file, "small"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("bytes of data for 8000 x 8000 pixels");
    }
  }

  @Test
  void refusesAHugeJpegByItsHeader() {
    byte[] jpeg = Fixtures.bytes("jpeg/gray.jpg");
    setJpegSize(jpeg, 65_535, 65_535);
    byte[] padded = Arrays.copyOf(jpeg, jpeg.length + (16 << 20));
    System.arraycopy(jpeg, jpeg.length - 2, padded, padded.length - 2, 2);

    assertThatThrownBy(() -> decoder.decode(padded, "huge.jpg"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("declares 65535 x 65535 pixels");
  }

  @Test
  void appliesTheLimitsItWasGiven(@TempDir Path folder) throws IOException {
    byte[] file = Fixtures.bytes("png/rgb-8.png");
    Path path = Files.write(folder.resolve("a.png"), file);

    assertThat(new ImageDecoder(29 * 19, file.length).decode(path).width()).isEqualTo(29);
    assertThatThrownBy(() -> new ImageDecoder(29 * 19 - 1, file.length).decode(path))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("29 x 19");
    assertThatThrownBy(() -> new ImageDecoder(29 * 19, file.length - 1).decode(path))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file.length + " bytes");
  }

  @Test
  void recognisesTheContentWhateverTheName(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("a.txt"), Fixtures.bytes("jpeg/gray.jpg"));

    assertThat(decoder.decode(file).height()).isEqualTo(35);
  }

  @Test
  void namesWhatItFoundInsteadOfAnImage(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text.png"), "No acute finding.\n");
    Path empty = Files.createFile(folder.resolve("empty.png"));
    Path missing = folder.resolve("missing.png");

    assertRefused(text, "found text; expected a PNG or JPEG image");
    assertRefused(empty, "found an empty file; expected a PNG or JPEG image");
    assertRefused(missing, "found no file; expected a PNG or JPEG image");
    assertRefused(folder, "found no file; expected a PNG or JPEG image");
  }

  @ParameterizedTest
  @CsvSource({"GIF89a, a GIF image", "BM0000, a BMP image", "%PDF-1.4, a PDF document"})
  void namesOtherKindsOfFile(String start, String kind) {
    assertThatThrownBy(
            () -> decoder.decode(start.getBytes(StandardCharsets.ISO_8859_1), "scan.png"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "scan.png: found "
                + kind
                + "; expected a PNG or JPEG image, told by its content; export the image again as"
                + " PNG or JPEG");
  }

  @Test
  void refusesCompressedDataThatEndsEarlyInsideWholeChunks() {
    byte[] file = png(100, 100, 8, 2, deflate(new byte[100 * 301 - 1]));

    assertThatThrownBy(() -> decoder.decode(file, "short"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("damaged PNG data");
    assertThat(decoder.decode(png(100, 100, 8, 2, deflate(new byte[100 * 301])), "whole").width())
        .isEqualTo(100);
  }

  private void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> decoder.decode(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": " + message)
        .message()
        .hasLineCount(1);
  }

  private static void setJpegSize(byte[] jpeg, int width, int height) {
    int frame = 0;
    while ((jpeg[frame] & 0xff) != 0xff || (jpeg[frame + 1] & 0xff) != 0xc0) {
      frame++;
    }
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) height).putShort(frame + 7, (short) width);
  }

  private static byte[] png(int width, int height, int depth, int colour, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) depth)
            .put((byte) colour)
            .array();
    writeChunk(out, "IHDR", header);
    writeChunk(out, "IDAT", data);
    writeChunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void writeChunk(ByteArrayOutputStream out, String type, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(type.getBytes(StandardCharsets.US_ASCII));
    crc.update(content);
    out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    out.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(content);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  private static byte[] deflate(byte[] raw) {
    Deflater deflater = new Deflater();
    deflater.setInput(raw);
    deflater.finish();
    byte[] buffer = new byte[raw.length + 100];
    int length = deflater.deflate(buffer);
    deflater.end();
    return Arrays.copyOf(buffer, length);
  }
}
