package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that is refused says why in one line and leaves no folder behind. */
class RefusedRunTest {
  private static final String MUTE = "MUTE"; // stands for a manifest without labels and texts
  private static final String ALIKE = "ALIKE"; // for one whose images all have one label
  private static final String NOWHERE = "NOWHERE"; // for a path that is not there
  private static final String SMALL = "phantom:n=13,size=48";
  private static final String TINY = Cli.MODEL.toString();

  /** Commands that keep no embeddings. */
  private static final Set<String> UNCACHED =
      Set.of("audit", "card", "evaluate", "find-text", "pretrain");

  private final Path folder;

  RefusedRunTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Command lines of every command that writes a folder. */
  static List<String> commands() {
    return List.of(
        "adapt --method linear --model TINY --data NOWHERE",
        "adapt --method linear --model NOWHERE --data SMALL",
        "adapt --method linear --model TINY --data MUTE",
        "adapt --method linear --model TINY --data ALIKE",
        "adapt --method linear --model TINY --data SMALL --prior NOWHERE",
        "audit --task isa --model TINY --data NOWHERE",
        "audit --task isa --model NOWHERE --data SMALL",
        "audit --task isa --model TINY --data MUTE",
        "audit --task isa --model TINY --data NOWHERE --shard 1/2",
        "card NOWHERE",
        "classify --model NOWHERE --images ALIKE --labels a;b",
        "classify --model TINY --images NOWHERE --labels a;b",
        "embed --model TINY --data NOWHERE",
        "embed --model NOWHERE --data SMALL",
        "evaluate NOWHERE",
        "evaluate ALIKE",
        "evaluate --model TINY --data NOWHERE --labels a;b",
        "evaluate --model NOWHERE --data SMALL --labels a;b",
        "evaluate --model TINY --data MUTE --labels a;b",
        "features --model TINY --data NOWHERE",
        "features --model NOWHERE --data SMALL",
        "features --model TINY --data MUTE --by nothing",
        "find-text --data NOWHERE",
        "overlay --model TINY --data NOWHERE",
        "overlay --model NOWHERE --data SMALL",
        "overlay --model TINY --data MUTE",
        "pretrain NOWHERE",
        "pretrain MUTE.yaml",
        "prompts --model TINY --data NOWHERE --prompts phantom",
        "prompts --model NOWHERE --data SMALL --prompts phantom",
        "prompts --model TINY --data MUTE --prompts phantom",
        "retrieve --model TINY --data NOWHERE",
        "retrieve --model NOWHERE --data SMALL",
        "retrieve --model TINY --data MUTE",
        "search --model TINY --data NOWHERE --query words",
        "search --model NOWHERE --data SMALL --query words",
        "sketches --model TINY --data NOWHERE",
        "sketches --model NOWHERE --data sketches:n=20,size=48",
        "sketches --model TINY --data MUTE",
        "study NOWHERE",
        "study ALIKE.study",
        "study MUTE.study",
        "study NOWHERE.study");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void leavesNoFolder(String command) throws IOException {
    Path out = folder.resolve("results").resolve("out");

    Outcome outcome = Cli.run(words(command, out));

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(1);
    String last = outcome.err().lines().reduce((one, other) -> other).orElseThrow();
    assertThat(last).startsWith("auscult: ").contains(": found ").contains("; expected ");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(folder.resolve("results")).doesNotExist();
  }

  @Test
  void leavesAnEmptyFolderOfTheUserEmptyAndAFullOneAsItWas() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Path full = Files.createDirectories(folder.resolve("full"));
    Files.createDirectories(full.resolve("chapter"));
    Files.writeString(full.resolve("thesis.txt"), "precious");

    for (Path out : List.of(empty, full)) {
      Outcome outcome = Cli.run(words("adapt --method linear --model TINY --data ALIKE", out));
      Hostile.assertRefused(outcome, ": found ");
    }

    assertThat(empty).isEmptyDirectory();
    assertThat(names(full)).containsExactly("chapter", "thesis.txt");
  }

  @Test
  void theMendedCommandTakesTheSameFolder() throws IOException {
    Path out = folder.resolve("out");
    Object[] words = words("adapt --method linear --model TINY --data ALIKE", out);
    Hostile.assertRefused(Cli.run(words), "alike.csv: found one label only: same");
    Path manifest = folder.resolve("alike.csv");
    List<String> rows = new ArrayList<>(Files.readAllLines(manifest));
    for (int i = 1; i < rows.size(); i += 2) {
      rows.set(i, rows.get(i).replace(",same", ",other"));
    }
    Files.write(manifest, rows);

    Outcome mended = Cli.run(words);

    assertThat(mended.code()).as(mended.err()).isZero();
    assertThat(out.resolve("result.json")).exists();
  }

  private Object[] words(String command, Path out) throws IOException {
    Pictures.folder(folder.resolve("images"), 24);
    Map<String, String> meanings =
        Map.of(
            MUTE,
            manifest("mute.csv", "").toString(),
            ALIKE,
            manifest("alike.csv", "same").toString(),
            NOWHERE,
            folder.resolve("nowhere.csv").toString(),
            "MUTE.yaml",
            pretraining(folder.resolve("mute.csv")).toString(),
            "ALIKE.study",
            study("alike").toString(),
            "MUTE.study",
            study("mute").toString(),
            "NOWHERE.study",
            study("nowhere").toString(),
            "SMALL",
            SMALL,
            "TINY",
            TINY);
    List<String> words =
        Arrays.stream(command.split(" "))
            .map(word -> meanings.getOrDefault(word, word))
            .collect(Collectors.toCollection(ArrayList::new));
    if (!UNCACHED.contains(words.get(0))) {
      words.add("--no-cache");
    }
    return Stream.concat(words.stream(), Stream.of("--out", out)).toArray();
  }

  private Path manifest(String name, String label) throws IOException {
    StringBuilder csv = new StringBuilder("id,image,text,patient,label\n");
    for (int i = 0; i < 24; i++) {
      csv.append("i%d,images/image-%03d.png,,p%d,%s%n".formatted(i, i, i, label));
    }
    return Files.writeString(folder.resolve(name), csv);
  }

  private Path pretraining(Path data) throws IOException {
    return Files.writeString(
        folder.resolve("pretrain.yaml"), "data: [{source: \"%s\"}]\n".formatted(data));
  }

  private Path study(String data) throws IOException {
    Path prior =
        Files.writeString(
            folder.resolve("prior.yaml"),
            """
            tasks:
              - name: state
                attribute: label
                classes:
                  - {name: same, concepts: [{name: same}]}
                  - {name: other, concepts: [{name: other}]}
            """);
    return Files.writeString(
        folder.resolve(data + ".yaml"),
        """
        model: %s
        data: %s
        prior: %s
        test: 0.25
        fractions: [1]
        repetitions: 2
        methods: [zero-shot, linear]
        """
            .formatted(TINY, folder.resolve(data + ".csv"), prior));
  }

  private static List<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}
