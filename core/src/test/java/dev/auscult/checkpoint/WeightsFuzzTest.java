package dev.auscult.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever the bytes of a PyTorch checkpoint or an index of shards, they are read within a second
 * of computing or refused with a finding; nothing else happens.
 */
class WeightsFuzzTest {
  private static final Path FIXTURES =
      Path.of("src/test/resources/dev/auscult/checkpoint/torch").toAbsolutePath();
  private static final List<String> ARCHIVES =
      List.of("plain.pt", "views.pt", "training.pt", "protocol-5.pt", "scripted.pt");
  private static final String INDEX = "sharded/pytorch_model.bin.index.json";

  private static final Map<String, byte[]> SOUND = new HashMap<>();
  private static Path folder = Path.of("");

  @BeforeContainer
  static void copyFixtures() throws IOException {
    folder = Files.createTempDirectory("fuzz");
    for (String name : ARCHIVES) {
      SOUND.put(name, Files.readAllBytes(FIXTURES.resolve(name)));
    }
    SOUND.put(INDEX, Files.readAllBytes(FIXTURES.resolve(INDEX)));
    for (int shard = 1; shard <= 2; shard++) {
      String name = "pytorch_model-0000%d-of-00002.bin".formatted(shard);
      Files.copy(FIXTURES.resolve("sharded").resolve(name), folder.resolve(name));
    }
  }

  @AfterContainer
  static void removeFiles() throws IOException {
    ScratchFolder.delete(folder);
  }

  @Example
  void everyTruncationIsRefused() throws IOException {
    for (String name : List.of("plain.pt", "scripted.pt", INDEX)) {
      byte[] sound = sound(name);
      int end = new String(sound, StandardCharsets.ISO_8859_1).stripTrailing().length();
      for (int length = 0; length < end; length++) {
        assertThat(open(Arrays.copyOf(sound, length))).as("%s, %d bytes", name, length).isEmpty();
      }
    }
  }

  @Property(tries = 1000)
  void flippedBytesAreReadOrRefused(
      @ForAll @IntRange(max = 4) int archive,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 20_000) Integer> places,
      @ForAll @IntRange(min = 1, max = 255) int flip)
      throws IOException {
    byte[] bytes = sound(ARCHIVES.get(archive));
    for (int place : places) {
      bytes[place % bytes.length] ^= (byte) flip;
    }

    touchEverything(open(bytes));
  }

  /** Archives begin with the description of their tensors and end with their directory. */
  @Property(tries = 1000)
  void flippedBytesInDescriptionAndDirectoryAreReadOrRefused(
      @ForAll @IntRange(max = 4) int archive,
      @ForAll @IntRange(max = 900) int place,
      @ForAll boolean fromTheEnd,
      @ForAll @IntRange(min = 1, max = 255) int flip)
      throws IOException {
    byte[] bytes = sound(ARCHIVES.get(archive));
    bytes[fromTheEnd ? bytes.length - 1 - place : place] ^= (byte) flip;

    touchEverything(open(bytes));
  }

  @Property(tries = 500)
  void removedBytesAreReadOrRefused(
      @ForAll @IntRange(max = 4) int archive,
      @ForAll @IntRange(max = 20_000) int place,
      @ForAll @IntRange(min = 1, max = 300) int length)
      throws IOException {
    byte[] sound = sound(ARCHIVES.get(archive));
    int from = place % sound.length;
    int to = Math.min(sound.length, from + length);
    byte[] bytes = Arrays.copyOf(sound, sound.length - (to - from));
    System.arraycopy(sound, to, bytes, from, sound.length - to);

    touchEverything(open(bytes));
  }

  @Property(tries = 500)
  void flippedBytesOfAnIndexAreReadOrRefused(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 2_000) Integer> places,
      @ForAll @IntRange(min = 1, max = 255) int flip)
      throws IOException {
    byte[] bytes = sound(INDEX);
    for (int place : places) {
      bytes[place % bytes.length] ^= (byte) flip;
    }

    touchEverything(open(bytes));
  }

  private static byte[] sound(String name) {
    return SOUND.getOrDefault(name, new byte[0]).clone();
  }

  private static void touchEverything(Optional<Weights> weights) {
    weights.ifPresent(
        opened -> {
          for (String name : opened.names()) {
            StoredTensor tensor = opened.get(name);
            assertThat(tensor.bytes().remaining())
                .isEqualTo((int) (tensor.count() * tensor.type().bytes()));
            assertThat(tensor.bytes().mismatch(tensor.bytes())).isEqualTo(-1);
          }
        });
  }

  private static Optional<Weights> open(byte[] bytes) throws IOException {
    Path file = folder.resolve("fuzzed");
    Files.deleteIfExists(file);
    Files.write(file, bytes);
    long begun = cpuTime();
    try {
      return Optional.of(Weights.open(file));
    } catch (InputException refused) {
      assertThat(refused.getMessage()).startsWith(folder.toString()).contains(": found ");
      return Optional.empty();
    } finally {
      assertThat(Duration.ofNanos(cpuTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static long cpuTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
