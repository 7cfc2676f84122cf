package dev.auscult.cli;

import dev.auscult.balance.ShardRows;
import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** All shards of one audit, in order. */
final class ShardFolders {
  private final List<ShardFolder> shards;

  private ShardFolders(List<ShardFolder> shards) {
    this.shards = shards;
  }

  /**
   * Finds the shards in some folders and checks that they are all of one audit.
   *
   * @param folders those of {@code --out}, or the shards' own below them
   * @throws InputException if there is none, one is missing, there twice or not finished, or they
   *     are of different audits
   */
  static ShardFolders find(List<Path> folders) throws IOException {
    List<ShardFolder> found = new ArrayList<>();
    for (Path folder : folders) {
      for (Path one : shardsIn(folder)) {
        found.add(ShardFolder.open(one));
      }
    }
    requireOneRun(found);
    return new ShardFolders(inOrder(found));
  }

  private static List<Path> shardsIn(Path folder) throws IOException {
    List<Path> shards = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> inside = Files.list(folder)) {
        for (Path one : Stream.concat(Stream.of(folder), inside.sorted()).toList()) {
          if (ShardFolder.isOne(one)) {
            shards.add(one);
          }
        }
      }
    }
    if (shards.isEmpty()) {
      throw new InputException(
          folder.toString(),
          Files.isDirectory(folder) ? "no shard" : "no folder",
          "the --out of an audit with --shard",
          "name the folders that audits with --shard wrote");
    }
    return shards;
  }

  private static void requireOneRun(List<ShardFolder> found) {
    ShardFolder first = found.get(0);
    for (ShardFolder other : found) {
      List<String> differences =
          new ArrayList<>(
              OutputFolder.differences(
                  first.config(), other.config(), "in " + first.path(), "in " + other.path()));
      for (String key : List.of("version", "model", "data")) {
        JsonNode one = first.report().path("provenance").path(key);
        JsonNode two = other.report().path("provenance").path(key);
        if (!one.equals(two) && differences.isEmpty()) {
          differences.add(
              "%s %s in %s, %s in %s".formatted(key, one, first.path(), two, other.path()));
        }
      }
      if (first.shard().count() != other.shard().count()) {
        differences.add(
            "%d shards in %s, %d in %s"
                .formatted(
                    first.shard().count(), first.path(), other.shard().count(), other.path()));
      }
      if (!differences.isEmpty()) {
        throw new InputException(
            other.path().toString(),
            "a shard of another audit (" + String.join("; ", differences) + ")",
            "shards of the same models, data and options",
            "leave it out, or give its command again with the options of the others");
      }
    }
  }

  private static List<ShardFolder> inOrder(List<ShardFolder> found) {
    Map<Integer, ShardFolder> byIndex = new TreeMap<>();
    for (ShardFolder shard : found) {
      ShardFolder earlier = byIndex.put(shard.shard().index(), shard);
      if (earlier != null) {
        throw new InputException(
            shard.path().toString(),
            "shard %s, as in %s".formatted(shard.shard().label(), earlier.path()),
            "each shard once",
            "leave one out");
      }
    }
    int count = found.get(0).shard().count();
    String missing =
        IntStream.rangeClosed(1, count)
            .filter(index -> !byIndex.containsKey(index))
            .mapToObj(index -> index + "/" + count)
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw new InputException(
          "audit merge",
          "%d of %d shards, without %s".formatted(byIndex.size(), count, missing),
          "all shards of an audit",
          "run what is missing, and name its folder too");
    }
    return byIndex.values().stream()
        .sorted(Comparator.comparingInt(shard -> shard.shard().index()))
        .toList();
  }

  /** The command that does all shards' work in one: that of the first, without its part. */
  List<String> undivided(Path out) {
    List<String> arguments = new ArrayList<>();
    List<String> given = shards.get(0).arguments();
    for (int i = 0; i < given.size(); i++) {
      String word = given.get(i);
      if (word.equals("--shard")) {
        i++;
      } else if (word.equals("--out")) {
        arguments.addAll(List.of(word, out.toString()));
        i++;
      } else if (word.startsWith("--out=")) {
        arguments.add("--out=" + out);
      } else if (!word.startsWith("--shard=")) {
        arguments.add(word);
      }
    }
    return arguments;
  }

  /**
   * Checks that models and data are still what the shards saw.
   *
   * @param config of the audit that is to be joined
   * @throws InputException if anything differs
   */
  void requireConfig(JsonNode config) {
    List<String> differences =
        OutputFolder.differences(shards.get(0).config(), config, "there", "now");
    if (!differences.isEmpty()) {
      throw new InputException(
          shards.get(0).path().toString(),
          "shards of other models or data (" + String.join("; ", differences) + ")",
          "models and data as the shards saw them",
          "put them back, or run the shards again");
    }
  }

  /**
   * The rows of every shard.
   *
   * @param below where in a shard's folder
   * @param audit identifies models, data and configuration
   */
  List<ShardRows> rows(Path below, ContentHash audit) throws IOException {
    List<ShardRows> rows = new ArrayList<>();
    for (ShardFolder shard : shards) {
      rows.add(ShardRows.open(shard.path().resolve(below), shard.shard(), audit));
    }
    return rows;
  }
}
