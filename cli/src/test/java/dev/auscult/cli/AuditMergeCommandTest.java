package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AuditMergeCommandTest {
  private final Path folder;
  private final Path out;
  private final Path parts;

  AuditMergeCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("audit");
    this.parts = folder.resolve("parts");
  }

  @Test
  void shardsInOneFolderMergeToTheBytesOfOneRun() throws IOException {
    Object[] choices = {"--samples", 9, "--preset", "faithful", "--preset", "paper-2026"};
    assertThat(audit(out, choices).code()).isZero();
    Map<String, String> whole = AuditFiles.butForTimes(out);
    Files.move(out, folder.resolve("whole"));

    for (int index : new int[] {2, 1}) {
      Outcome part = audit(parts, with(choices, "--shard", index + "/2"));
      assertThat(part.code()).as(part.err()).isZero();
      assertThat(part.err()).contains("auscult audit merge " + parts);
    }
    Outcome merged = Cli.run("audit", "merge", parts, "--out", out, "--json");

    assertThat(merged.code()).as(merged.err()).isZero();
    AuditFiles.assertSame(AuditFiles.butForTimes(out), whole);
    assertThat(merged.out()).isEqualTo(Files.readString(out.resolve("result.json")));
    Map<String, String> before = AuditFiles.everyByte(out);
    assertThat(Cli.run("audit", "merge", parts, "--out", out).code()).isZero();
    AuditFiles.assertSame(AuditFiles.everyByte(out), before);
  }

  @Test
  void shardsInFoldersOfTheirOwnMergeWithTheirGridsAndTheirQuality() throws IOException {
    Object[] choices = {"--samples", 10, "--grids", "1,2", "--quality"};
    assertThat(audit(out, choices).code()).isZero();
    Map<String, String> whole = AuditFiles.butForTimes(out);
    Files.move(out, folder.resolve("whole"));

    List<Object> merge = new ArrayList<>(List.of("audit", "merge"));
    for (int index = 1; index <= 3; index++) {
      Path own = folder.resolve("own" + index);
      audit(own, with(choices, "--shard=" + index + "/3"));
      merge.add(index == 2 ? own.resolve("shard-2-of-3") : own);
    }
    merge.addAll(List.of("--out", out));

    Outcome merged = Cli.run(merge.toArray());
    assertThat(merged.code()).as(merged.err()).isZero();
    AuditFiles.assertSame(AuditFiles.butForTimes(out), whole);
  }

  @Test
  void aShardSaysWhatItDidAndIsAnsweredFromItsFolder() throws IOException {
    Outcome first = audit(parts, "--samples", 9, "--shard", "1/2", "--json");

    assertThat(first.code()).as(first.err()).isZero();
    JsonNode result = first.json().path("result");
    assertThat(result.path("shard").asString()).isEqualTo("1/2");
    assertThat(result.at("/models/0/samples").asInt()).isBetween(1, 8);
    assertThat(result.at("/models/0").has("tscore")).isFalse();
    Map<String, String> before = AuditFiles.everyByte(parts);
    assertThat(audit(parts, "--samples", 9, "--shard", "1/2", "--json").out())
        .isEqualTo(first.out());
    assertThat(AuditFiles.everyByte(parts)).isEqualTo(before);
  }

  @Test
  void moreShardsThanThereIsWorkForAreJoinedAsWell() throws IOException {
    audit(out, "--samples", 2);
    Map<String, String> whole = AuditFiles.butForTimes(out);
    Files.move(out, folder.resolve("whole"));
    for (int index = 1; index <= 3; index++) {
      Outcome part = audit(parts, "--samples", 2, "--shard", index + "/3");
      assertThat(part.code()).as(part.err()).isZero();
    }

    assertThat(Cli.run("audit", "merge", parts, "--out", out).code()).isZero();
    AuditFiles.assertSame(AuditFiles.butForTimes(out), whole);
  }

  @Test
  void anInterruptedShardGoesOnAndIsRefusedUntilThen() throws IOException {
    Outcome stopped =
        Cli.runUntil(Cli.stopAtStep(3), command(parts, "--samples", 9, "--shard", "1/2"));
    assertThat(stopped.code()).isEqualTo(130);
    audit(parts, "--samples", 9, "--shard", "2/2");

    Hostile.assertRefused(
        Cli.run("audit", "merge", parts, "--out", out), "shard 1/2, which is not finished");
    audit(parts, "--samples", 9, "--shard", "1/2");
    assertThat(Cli.run("audit", "merge", parts, "--out", out).code()).isZero();
  }

  @Test
  void whatDoesNotBelongTogetherIsRefusedInOneLine() throws IOException {
    audit(parts, "--samples", 9, "--shard", "1/2");
    Hostile.assertRefused(merge(parts), "1 of 2 shards, without 2/2");

    Path twice = folder.resolve("twice");
    audit(twice, "--samples", 9, "--shard", "1/2");
    Hostile.assertRefused(merge(parts, twice), "shard 1/2, as in");

    Path seed = folder.resolve("seed");
    audit(seed, "--samples", 9, "--shard", "2/2", "--seed", 5);
    Hostile.assertRefused(merge(parts, seed), "seed 0 in");

    Path data = folder.resolve("data");
    Cli.run(
        "audit",
        "--model",
        Cli.MODEL,
        "--data",
        "phantom:n=26,size=48",
        "--task",
        "isa",
        "--out",
        data,
        "--samples",
        9,
        "--shard",
        "2/2");
    Hostile.assertRefused(merge(parts, data), "data_hash");

    Path model = folder.resolve("model");
    Cli.run(
        "audit",
        "--model",
        copyOfTheModel(),
        "--data",
        "phantom:n=13,size=48",
        "--task",
        "isa",
        "--out",
        model,
        "--samples",
        9,
        "--shard",
        "2/2");
    Hostile.assertRefused(merge(parts, model), "models");

    Path third = folder.resolve("third");
    audit(third, "--samples", 9, "--shard", "2/3");
    Hostile.assertRefused(merge(parts, third), "2 shards in");

    Hostile.assertRefused(merge(folder.resolve("nowhere")), "no folder");
    Hostile.assertRefused(merge(Files.createDirectory(folder.resolve("empty"))), "no shard");
    assertThat(out.resolve("result.json")).doesNotExist();
  }

  @Test
  void damagedRowsAreRefused() throws IOException {
    audit(parts, "--samples", 9, "--shard", "1/2");
    audit(parts, "--samples", 9, "--shard", "2/2");
    Path lines = parts.resolve("shard-2-of-2/attributions.jsonl");
    List<String> all = Files.readAllLines(lines);
    Files.write(lines, all.subList(0, all.size() - 1));

    Hostile.assertRefused(merge(parts), "nothing of sample");
    assertThat(out.resolve("result.json")).doesNotExist();
  }

  @Test
  void wrongPartsEndBeforeAnyWork() {
    Hostile.assertWrongUsage(audit(parts, "--shard", "3/2"), "--shard");
    Hostile.assertWrongUsage(audit(parts, "--shard", "half"), "--shard");
    assertThat(Cli.run("audit", "merge", "--out", out).code()).isEqualTo(2);
    Outcome nothing = Cli.run("audit", "--model", Cli.MODEL);
    assertThat(nothing.code()).isEqualTo(2);
    assertThat(nothing.err()).contains("'--data=D', '--task=", "'--out=DIR'");
    assertThat(parts).doesNotExist();
  }

  private Outcome merge(Path... folders) {
    List<Object> words = new ArrayList<>(List.of("audit", "merge"));
    words.addAll(List.of(folders));
    words.addAll(List.of("--out", out));
    return Cli.run(words.toArray());
  }

  private static Object[] with(Object[] choices, Object... more) {
    List<Object> all = new ArrayList<>(List.of(choices));
    all.addAll(List.of(more));
    return all.toArray();
  }

  private static Outcome audit(Path out, Object... more) {
    return Cli.run(command(out, more));
  }

  private static Object[] command(Path out, Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "audit",
                "--model",
                Cli.MODEL,
                "--data",
                "phantom:n=13,size=48",
                "--task",
                "isa",
                "--out",
                out));
    words.addAll(List.of(more));
    return words.toArray();
  }

  private Path copyOfTheModel() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("copy"));
    try (var files = Files.list(Cli.MODEL)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }
}
