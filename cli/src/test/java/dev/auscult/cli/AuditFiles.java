package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What an audit left in its folder. */
final class AuditFiles {
  private AuditFiles() {}

  /** Every file's content, without what may differ between runs: times and durations. */
  static Map<String, String> butForTimes(Path folder) throws IOException {
    Map<String, String> contents = everyByte(folder);
    contents.replaceAll(
        (name, text) ->
            text.replaceAll("\"(seconds|started)\" : [^,\\n]*", "")
                .replaceAll(">[^<>]*[0-9-]+T[0-9:.]+Z, [0-9.]+ s<", "")
                .replaceAll("seconds</th>(<td class=\"number\">[0-9.]+</td>)+", ""));
    return contents;
  }

  /** Says which files differ, not how. */
  static void assertSame(Map<String, String> found, Map<String, String> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    assertThat(
            found.keySet().stream()
                .filter(name -> !Objects.equals(found.get(name), expected.get(name))))
        .as("files that differ")
        .isEmpty();
  }

  /** Every file's content. */
  static Map<String, String> everyByte(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            folder.relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }
}
