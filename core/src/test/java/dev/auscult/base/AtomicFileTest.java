package dev.auscult.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void aFailedWriteLeavesTheEarlierVersionAndNothingElse() throws IOException {
    Path target = folder.resolve("result.json");
    AtomicFile.writeString(target, "whole");

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    target,
                    out -> {
                      out.write('h');
                      throw new IOException("disk full");
                    }))
        .hasMessage(target + ": disk full");

    assertThat(target).hasContent("whole");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void othersMayReadAFileAsIfItHadBeenWrittenDirectly() throws IOException {
    Path direct = Files.writeString(folder.resolve("direct"), "x");
    Path atomic = folder.resolve("atomic");

    AtomicFile.writeString(atomic, "x");

    assertThat(Files.getPosixFilePermissions(atomic))
        .isEqualTo(Files.getPosixFilePermissions(direct));
  }
}
