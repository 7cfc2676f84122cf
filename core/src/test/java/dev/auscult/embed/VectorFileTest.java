package dev.auscult.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.ContentHash;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorFileTest {
  private static final ContentHash SPACE = ContentHash.of("a space");
  private static final int RECORD_BYTES = 32 + 3 * 4 + 4;
  private static final int HEADER_BYTES = 48;

  private final Path file;

  VectorFileTest(@TempDir Path folder) {
    file = folder.resolve("space.vectors");
  }

  @Test
  void whatWasAddedIsFoundByALaterReader() throws IOException {
    write(0, 10);

    try (VectorFile vectors = VectorFile.open(file, SPACE, 3)) {
      assertThat(vectors.find(key(4))).isEqualTo(vector(4));
      assertThat(vectors.find(key(10))).isNull();
    }
  }

  @Test
  void aDamagedRecordIsAbsentAndTheOthersAreNot() throws IOException {
    write(0, 10);
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(HEADER_BYTES + 4 * RECORD_BYTES + 35);
      raw.write(raw.read() ^ 0x10);
    }

    try (VectorFile vectors = VectorFile.open(file, SPACE, 3)) {
      assertThat(vectors.find(key(4))).isNull();
      assertThat(vectors.find(key(3))).isEqualTo(vector(3));
      assertThat(vectors.find(key(5))).isEqualTo(vector(5));
    }
  }

  @Test
  void theNextWriterCutsOffWhatACrashLeft() throws IOException {
    write(0, 3);
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.setLength(raw.length() - 5);
    }

    write(3, 4);

    try (VectorFile vectors = VectorFile.open(file, SPACE, 3)) {
      assertThat(vectors.find(key(1))).isEqualTo(vector(1));
      assertThat(vectors.find(key(2))).isNull();
      assertThat(vectors.find(key(3))).isEqualTo(vector(3));
    }
    assertThat(Files.size(file)).isEqualTo(HEADER_BYTES + 3 * RECORD_BYTES);
  }

  @Test
  void aFileOfAnotherSpaceOrNoneAtAllBeginsAnew() throws IOException {
    Files.writeString(file, "these are not vectors, but they are long enough to hold a header");

    write(0, 2);

    try (VectorFile vectors = VectorFile.open(file, SPACE, 3)) {
      assertThat(vectors.find(key(1))).isEqualTo(vector(1));
    }
    try (VectorFile other = VectorFile.open(file, ContentHash.of("another"), 3)) {
      assertThat(other.find(key(1))).isNull();
    }
  }

  @Test
  void writersInOneProcessDoNotOverwriteEachOther() throws IOException {
    try (VectorFile first = VectorFile.open(file, SPACE, 3);
        VectorFile second = VectorFile.open(file, SPACE, 3)) {
      for (int i = 0; i < 20; i += 2) {
        first.add(Map.of(key(i), vector(i)));
        second.add(Map.of(key(i + 1), vector(i + 1)));
      }
    }

    assertHolds(20);
  }

  @Test
  void processesDoNotOverwriteEachOther() throws Exception {
    List<Process> writers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      writers.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xshare:auto",
                  "-cp",
                  System.getProperty("java.class.path"),
                  VectorFileTest.class.getName(),
                  file.toString(),
                  String.valueOf(100 * i))
              .inheritIO()
              .start());
    }
    for (Process writer : writers) {
      assertThat(writer.waitFor(240, TimeUnit.SECONDS)).isTrue();
      assertThat(writer.exitValue()).isZero();
    }

    assertHolds(300);
    assertThat(Files.size(file)).isEqualTo(HEADER_BYTES + 300 * RECORD_BYTES);
  }

  /** A writer in a process of its own: adds 100 vectors one by one. */
  public static void main(String[] args) throws IOException {
    int first = Integer.parseInt(args[1]);
    try (VectorFile vectors = VectorFile.open(Path.of(args[0]), SPACE, 3)) {
      for (int i = first; i < first + 100; i++) {
        vectors.add(Map.of(key(i), vector(i)));
      }
    }
  }

  private void write(int from, int to) throws IOException {
    try (VectorFile vectors = VectorFile.open(file, SPACE, 3)) {
      for (int i = from; i < to; i++) {
        vectors.add(Map.of(key(i), vector(i)));
      }
    }
  }

  private void assertHolds(int count) throws IOException {
    try (VectorFile vectors = VectorFile.open(file, SPACE, 3)) {
      for (int i = 0; i < count; i++) {
        assertThat(vectors.find(key(i))).isEqualTo(vector(i));
      }
    }
  }

  private static ContentHash key(int i) {
    return ContentHash.of("content " + i);
  }

  private static float[] vector(int i) {
    return new float[] {i, -i, 1f / (i + 1)};
  }
}
