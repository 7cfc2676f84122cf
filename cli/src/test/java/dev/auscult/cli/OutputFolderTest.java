package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  private final Path folder;

  OutputFolderTest(@TempDir Path parent) {
    this.folder = parent.resolve("out");
  }

  @Test
  void theSameRunGoesOnInItsFolder() throws IOException {
    claim("audit", Map.of("seed", 1L, "samples", 100));
    Files.writeString(folder.resolve("samples.csv"), "rows");

    claim("audit", Map.of("samples", 100, "seed", 1L));

    assertThat(folder.resolve("samples.csv")).hasContent("rows");
    assertThat(Files.readString(folder.resolve("run.json"))).contains("\"hash\"");
  }

  @Test
  void aRunOfAnotherConfigurationIsRefusedWithTheDifference() throws IOException {
    claim("audit", Map.of("seed", 1L, "samples", 100));

    assertThatThrownBy(() -> claim("audit", Map.of("seed", 2L, "passes", 9)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("seed 1 there, 2 now")
        .hasMessageContaining("samples 100 there, nothing now")
        .hasMessageContaining("passes nothing there, 9 now");
    assertThatThrownBy(() -> claim("classify", Map.of("seed", 1L, "samples", 100)))
        .hasMessageContaining("command \"audit\" there, \"classify\" now");
  }

  @Test
  void aRunThatKeptNothingLeavesNothing() throws IOException {
    Path deep = folder.resolve("some/where");
    try (OutputFolder out = OutputFolder.open(deep)) {
      out.claim("study", Map.of());
      Files.createDirectories(out.file("cells/state"));
      Files.writeString(out.file("splits.csv"), "a plan");
    }

    assertThat(folder).doesNotExist();
  }

  @Test
  void aListOfPatientsExplainsARefusalAndIsInNobodysWay() throws IOException {
    try (OutputFolder out = OutputFolder.open(folder)) {
      out.claim("adapt", Map.of());
      Files.writeString(out.file("shared-patients.csv"), "patient,id,split");
    }
    assertThat(folder).isDirectoryContaining("glob:**/shared-patients.csv");
    assertThat(folder.resolve("run.json")).doesNotExist();

    claim("adapt", Map.of("data_hash", "mended"));

    assertThat(folder.resolve("shared-patients.csv")).doesNotExist();
    assertThat(folder.resolve("run.json")).exists();
  }

  @Test
  void aFolderWithOtherFilesIsRefused() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("thesis.txt"), "precious");

    assertThatThrownBy(() -> claim("audit", Map.of())).hasMessageContaining("thesis.txt");
    assertThat(folder.resolve("thesis.txt")).hasContent("precious");
  }

  @Test
  void aDamagedClaimIsRefused() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("run.json"), "{");

    assertThatThrownBy(() -> claim("audit", Map.of())).hasMessageContaining("no JSON");
  }

  @Test
  void twoRunsAtOnceAreRefused() throws IOException {
    try (OutputFolder first = OutputFolder.open(folder)) {
      assertThat(first.path()).exists();
      assertThatThrownBy(() -> OutputFolder.open(folder))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("another run");
    }
    OutputFolder.open(folder).close();
  }

  @Test
  void aFileInTheWayIsNoFolder() throws IOException {
    Files.writeString(folder, "a file");

    assertThatThrownBy(() -> OutputFolder.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be written");
  }

  private void claim(String command, Map<String, ?> config) throws IOException {
    try (OutputFolder out = OutputFolder.open(folder)) {
      out.claim(command, new java.util.HashMap<>(config));
      Files.writeString(out.file("rows.csv"), "something to keep");
    }
  }
}
