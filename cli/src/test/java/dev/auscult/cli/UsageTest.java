package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.cli.Cli.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class UsageTest {
  private static Stream<List<String>> commands() {
    return Auscult.commandLine(new StopSignal()).getSubcommands().values().stream()
        .flatMap(
            command ->
                Stream.concat(Stream.of(command), command.getSubcommands().values().stream()))
        .map(CommandLine::getCommandSpec)
        .map(spec -> List.of(spec.qualifiedName().split(" ", -1)))
        .map(words -> words.subList(1, words.size()));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItself(List<String> command) {
    Outcome help = Cli.run(Stream.concat(command.stream(), Stream.of("--help")).toArray());

    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("Usage: auscult " + String.join(" ", command));
    assertThat(help.err()).isEmpty();
  }

  @Test
  void theOverviewListsEveryCommand() {
    Outcome help = Cli.run("--help");

    assertThat(help.code()).isZero();
    assertThat(Auscult.commandLine(new StopSignal()).getSubcommands().keySet())
        .allSatisfy(name -> assertThat(help.out()).contains("\n  " + name + " "));
  }

  @Test
  void theVersionIsTheBuilds() {
    assertThat(Cli.run("--version").out()).matches("auscult \\d+\\.\\d+\\.\\d+\\S*\\R");
  }

  @Test
  void noCommandIsWrongUsage() {
    assertWrongUsage(Cli.run(), "a command is missing");
  }

  @Test
  void aMistypedCommandIsAnsweredWithTheLikelyOne() {
    Outcome outcome = Cli.run("clasify");

    assertWrongUsage(outcome, "clasify");
    assertThat(outcome.err()).contains("Did you mean: auscult classify");
  }

  @Test
  void anUnknownOptionIsNamed() {
    assertWrongUsage(Cli.run("models", "list", "--verbos"), "--verbos");
  }

  @Test
  void aMissingOptionIsNamed() {
    assertWrongUsage(Cli.run("embed", "--model", "phantom", "--images", "x"), "--out");
  }

  @Test
  void optionsThatExcludeEachOtherAreRefused() {
    assertWrongUsage(
        Cli.run("embed", "--model", "m", "--images", "a", "--texts", "b", "--out", "c"),
        "mutually exclusive");
  }

  @Test
  void threadsAreAtLeastOne() {
    assertWrongUsage(Cli.run("models", "list", "--threads", "0"), "found 0; expected 1 or more");
  }

  @Test
  void precisionIsOneOfTwo() {
    assertWrongUsage(Cli.run("models", "list", "--dtype", "fp8"), "fp8");
  }

  /** A value that no file can make right is wrong usage in every command. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "adapt --method best --model phantom --data phantom:n=4 --out OUT",
        "adapt --method scale --set epochs=many --model phantom --data phantom:n=4 --out OUT",
        "adapt --method tip --set speed=1 --model phantom --data phantom:n=4 --out OUT",
        "adapt --method tip --task lesion --model phantom --data phantom:n=4 --out OUT",
        "audit --task isa --score best --model phantom --data phantom:n=4 --out OUT",
        "audit --task isa --shard 3/2 --model phantom --data phantom:n=4 --out OUT",
        "audit --task isa --model phantom --model phantom --data phantom:n=4 --out OUT",
        "classify --model phantom --images x.png --labels normal",
        "classify --model phantom --images x.png --labels a;b --ensemble both",
        "evaluate p.csv --out OUT --threshold best",
        "evaluate p.csv --out OUT --bootstrap 5",
        "evaluate p.csv --out OUT --scores votes",
        "features --model phantom --data phantom:n=4 --bootstrap 5 --out OUT",
        "overlay --model phantom --data phantom:n=4 --balance -1 --out OUT",
        "overlay --model phantom --data phantom:n=4 --samples 0 --out OUT",
        "phantom --n 0 --out OUT",
        "prompts --model phantom --data phantom:n=4 --prompts phantom --bootstrap 5 --out OUT",
        "prompts --model phantom --data phantom:n=4 --prompts phantom --samples 0 --out OUT",
        "sketches --model phantom --data sketches:n=40 --bootstrap 5 --out OUT",
      })
  void wrongValuesOfOptionsAreWrongUsage(String words, @TempDir Path folder) {
    Path out = folder.resolve("out");

    Outcome outcome = Cli.run((Object[]) words.replace("OUT", out.toString()).split(" ", -1));

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("auscult: ").contains("--");
    assertThat(out.resolve("run.json")).doesNotExist();
  }

  @Test
  void theStackTraceIsShownOnlyOnRequest(@TempDir Path folder) {
    Object[] command = {"models", "inspect", folder.resolve("nowhere")};

    Outcome plain = Cli.run(command);
    Outcome debug = Cli.run(command[0], command[1], command[2], "--debug");

    assertThat(plain.code()).isEqualTo(1);
    assertThat(plain.err().lines()).hasSize(1);
    assertThat(debug.err()).contains("InputException").contains("\tat dev.auscult");
  }

  private static void assertWrongUsage(Outcome outcome, String expected) {
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("auscult: ").contains(expected).contains("--help'");
  }
}
