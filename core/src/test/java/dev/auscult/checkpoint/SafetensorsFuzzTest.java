package dev.auscult.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever the bytes, a file is either read or refused with a finding; nothing else happens. */
class SafetensorsFuzzTest {
  private static byte[] sound = new byte[0];
  private static Path folder = Path.of("");

  @BeforeContainer
  static void writeASoundFile() throws IOException {
    folder = Files.createTempDirectory("fuzz");
    Path file = folder.resolve("sound.safetensors");
    new SafetensorsWriter()
        .metadata("ids", "[\"one\",\"two\"]")
        .addFloats("weight", List.of(2L, 3L), new float[] {1, 2, 3, 4, 5, 6})
        .addLongs("position_ids", List.of(1L, 2L), new long[] {0, 1})
        .addFloats("logit_scale", List.of(), new float[] {2.6592f})
        .write(file);
    sound = Files.readAllBytes(file);
  }

  @AfterContainer
  static void removeFiles() throws IOException {
    ScratchFolder.delete(folder);
  }

  @Example
  void everyTruncationIsRefused() throws IOException {
    for (int length = 0; length < sound.length; length++) {
      assertThat(open(Arrays.copyOf(sound, length))).as("%d bytes", length).isEmpty();
    }
  }

  @Property(tries = 500)
  void flippedBytesAreReadOrRefused(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 399) Integer> places,
      @ForAll @IntRange(min = 1, max = 255) int flip)
      throws IOException {
    byte[] bytes = sound.clone();
    for (int place : places) {
      bytes[place % bytes.length] ^= (byte) flip;
    }

    touchEverything(open(bytes));
  }

  @Property(tries = 300)
  void randomHeadersAreReadOrRefused(@ForAll @Size(max = 200) byte[] header) throws IOException {
    byte[] bytes = new byte[8 + header.length];
    bytes[0] = (byte) header.length;
    System.arraycopy(header, 0, bytes, 8, header.length);

    touchEverything(open(bytes));
  }

  @Property(tries = 300)
  void numbersOutOfPlaceAreReadOrRefused(
      @ForAll long begin, @ForAll long end, @ForAll @Size(max = 5) List<Long> shape)
      throws IOException {
    String header =
        "{\"a\":{\"dtype\":\"BF16\",\"shape\":%s,\"data_offsets\":[%d,%d]}}"
            .formatted(shape, begin, end);
    byte[] bytes = new byte[8 + header.length() + 6];
    bytes[0] = (byte) header.length();
    bytes[1] = (byte) (header.length() >> 8);
    System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, bytes, 8, header.length());

    touchEverything(open(bytes));
  }

  private static void touchEverything(Optional<SafetensorsFile> file) {
    file.ifPresent(
        opened ->
            opened.names().stream()
                .map(opened::get)
                .forEach(
                    tensor ->
                        assertThat(
                                tensor.type().isFloating()
                                    ? tensor.toFloats().length
                                    : tensor.toLongs().length)
                            .isEqualTo((int) tensor.count())));
  }

  private static Optional<SafetensorsFile> open(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("fuzzed.safetensors"), bytes);
    try {
      return Optional.of(SafetensorsFile.open(file));
    } catch (InputException refused) {
      assertThat(refused).hasMessageContaining("fuzzed.safetensors");
      return Optional.empty();
    }
  }
}
