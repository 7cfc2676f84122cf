package dev.auscult.checkpoint.hub;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.checkpoint.JsonFile;
import dev.auscult.checkpoint.ShardIndex;
import dev.auscult.checkpoint.WeightChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What the cache holds of one commit, whoever put it there, and whether that is all. */
final class CachedSnapshot {
  private static final int DEEPEST = 12;
  private static final int MOST_FILES = 100_000;

  /** The vocabularies that a tokenizer can be made of. */
  private static final List<Set<String>> TOKENIZERS =
      List.of(
          Set.of("tokenizer.json"),
          Set.of("vocab.json", "merges.txt"),
          Set.of("vocab.txt"),
          Set.of("spiece.model"));

  private final RepositoryCache cache;
  private final HubReference reference;
  private final Commit commit;
  private final Path folder;
  private final Set<String> present;

  private CachedSnapshot(RepositoryCache cache, HubReference reference, Commit commit)
      throws IOException {
    this.cache = cache;
    this.reference = reference;
    this.commit = commit;
    this.folder = cache.snapshot(commit);
    this.present = namesBelow(folder);
  }

  /** The commit's files in the cache, or empty if there are none. */
  static Optional<CachedSnapshot> find(
      RepositoryCache cache, HubReference reference, Commit commit) {
    if (!Files.isDirectory(cache.snapshot(commit))) {
      return Optional.empty();
    }
    try {
      return Optional.of(new CachedSnapshot(cache, reference, commit));
    } catch (IOException e) {
      throw unreadable(cache.snapshot(commit), e);
    }
  }

  private static InputException unreadable(Path folder, Exception failure) {
    return new InputException(
        folder.toString(),
        "a folder that cannot be read (%s)".formatted(failure.getMessage()),
        "the files of a model",
        "check its permissions, or set HF_HUB_CACHE to another folder",
        failure);
  }

  private static Set<String> namesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
      return files
          .limit(MOST_FILES)
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Whether the wanted files are there: enough to try and load the model. */
  boolean isUsable(FileSelection selection) {
    if (selection.isExact()) {
      return present.containsAll(selection.exactly());
    }
    Optional<String> weights = FileSelection.weights(present, reference);
    return weights.isPresent()
        && present.containsAll(selection.beside())
        && present.containsAll(parts(weights.get()))
        && (hasModelConfiguration() || !isOfALayout(weights.get()));
  }

  private boolean hasModelConfiguration() {
    return FileSelection.MODEL_CONFIGURATIONS.stream().anyMatch(present::contains);
  }

  /** Weights with the names of transformers or open_clip come with a configuration. */
  private static boolean isOfALayout(String weights) {
    return weights.matches("(open_clip_)?(pytorch_)?model\\..*");
  }

  private List<String> parts(String weights) {
    return WeightChoice.isIndex(weights)
        ? ShardIndex.read(folder.resolve(weights)).shards().stream()
            .map(shard -> String.valueOf(shard.getFileName()))
            .toList()
        : List.of(weights);
  }

  /**
   * Whether the hub need not be asked, as it has nothing more to give: either its listing is in the
   * cache, or every file that could be missing is known not to exist, or what is there is what a
   * model of a common layout consists of.
   */
  boolean isComplete(FileSelection selection) {
    if (!isUsable(selection) || selection.isExact()) {
      return isUsable(selection);
    }
    Optional<Set<String>> listed = listing();
    return listed.isPresent()
        ? present.containsAll(selection.configurations(listed.get()))
        : Checkpoint.CONFIGURATION_FILES.stream().allMatch(this::isSettled) || hasCommonLayout();
  }

  private boolean isSettled(String name) {
    return present.contains(name) || cache.isKnownAbsent(commit, name);
  }

  private boolean hasCommonLayout() {
    boolean preprocessing =
        present.contains("preprocessor_config.json") || present.contains("open_clip_config.json");
    return hasModelConfiguration()
        && preprocessing
        && present.contains("tokenizer_config.json")
        && TOKENIZERS.stream().anyMatch(present::containsAll);
  }

  /** The commit's files as huggingface_hub noted them. */
  private Optional<Set<String>> listing() {
    Path file = cache.tree(commit);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      ObjectNode root = JsonFile.read(file);
      return root.path("format_version").asInt(0) == 1
          ? Optional.of(Set.copyOf(root.path("files").propertyNames()))
          : Optional.empty();
    } catch (InputException e) {
      return Optional.empty();
    }
  }

  /**
   * The files as a snapshot.
   *
   * @throws InputException if one leads out of the cache
   */
  HubSnapshot snapshot(FileSelection selection) {
    List<String> names = new ArrayList<>();
    if (selection.isExact()) {
      names.addAll(selection.exactly());
    } else {
      names.addAll(selection.configurations(present));
      FileSelection.weights(present, reference)
          .ifPresent(
              weights -> {
                if (WeightChoice.isIndex(weights)) {
                  names.add(weights);
                }
                names.addAll(parts(weights));
              });
      names.addAll(selection.beside());
    }
    return new HubSnapshot(
        reference, commit, folder, names.stream().map(this::entry).toList(), 0, 0);
  }

  private HubSnapshot.Entry entry(String name) {
    Path file = folder.resolve(name);
    try {
      cache.staysInside(file);
      return new HubSnapshot.Entry(name, Files.size(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }
}
