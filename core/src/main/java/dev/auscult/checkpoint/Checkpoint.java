package dev.auscult.checkpoint;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model as its authors published it: weights and the files beside them that say what they mean.
 * The weights are memory-mapped; opening reads headers and configuration only. Thread-safe.
 */
public final class Checkpoint {
  static final String CONFIG = "config.json";

  /** The files that decide what the model computes beside its weights. */
  public static final List<String> CONFIGURATION_FILES =
      List.of(
          CONFIG,
          "open_clip_config.json",
          "preprocessor_config.json",
          "processor_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "vocab.json",
          "merges.txt",
          "vocab.txt",
          "spiece.model",
          "bpe_simple_vocab_16e6.txt.gz");

  /** The same that no repository on the hub has; authors publish them elsewhere. */
  private static final List<String> ELSEWHERE = List.of("conch_byte_level_bpe_uncased.json");

  private final Path folder;
  private final Weights weights;
  private final WeightFiles files;
  private @Nullable ContentHash configurationHash;

  private Checkpoint(Path folder, Weights weights, WeightFiles files) {
    this.folder = folder;
    this.weights = weights;
    this.files = files;
  }

  private static Checkpoint of(Path folder, Weights weights) {
    return new Checkpoint(folder, weights, new WeightFiles(weights.files()));
  }

  /**
   * Opens a folder with weights, or a file of weights whose folder may hold what belongs to it; see
   * {@link Weights#open}. Whether {@code config.json} is needed is for the layout to say.
   *
   * @throws InputException if it is absent, or weights or {@code config.json} are malformed
   */
  public static Checkpoint open(Path folderOrFile) {
    if (!Files.exists(folderOrFile)) {
      throw new InputException(
          folderOrFile.toString(),
          "no such folder or file",
          "a folder with weights and " + CONFIG + ", or a file of weights",
          "check the path");
    }
    if (Files.isDirectory(folderOrFile)) {
      read(folderOrFile.resolve(CONFIG));
      return of(folderOrFile, Weights.open(folderOrFile));
    }
    return of(folderOrFile.toAbsolutePath().resolveSibling(""), Weights.open(folderOrFile));
  }

  /**
   * The same model with weights that its authors keep in a file of their own. {@link #tensors} are
   * still those it was opened with; {@link #weights} identifies both.
   */
  public Checkpoint with(Weights further) {
    List<Path> all = new ArrayList<>(files.files());
    all.addAll(further.files());
    return new Checkpoint(folder, weights, new WeightFiles(all));
  }

  private static Optional<ObjectNode> read(Path file) {
    return Files.exists(file) ? Optional.of(JsonFile.read(file)) : Optional.empty();
  }

  /** The folder it was opened from, or that its one file lies in. */
  public Path folder() {
    return folder;
  }

  /** Its tensors. */
  public Weights tensors() {
    return weights;
  }

  /**
   * What {@code config.json} says.
   *
   * @throws InputException if there is none
   */
  public ObjectNode config() {
    return JsonFile.read(folder.resolve(CONFIG));
  }

  /** The path of {@code config.json}, for messages. */
  public String configFile() {
    return folder.resolve(CONFIG).toString();
  }

  /**
   * A JSON file beside the weights, e.g. {@code open_clip_config.json}, or nothing.
   *
   * @throws InputException if it is there and not one JSON object of bounded size
   */
  public Optional<ObjectNode> json(String fileName) {
    return read(folder.resolve(fileName));
  }

  /** The names of all tensors. */
  public Set<String> names() {
    return weights.names();
  }

  /** The tensor of that name, or null. */
  public @Nullable StoredTensor find(String tensor) {
    return weights.find(tensor);
  }

  /** {@link Weights#require(Map, String)} of what {@code config.json} calls for. */
  public Map<String, StoredTensor> require(Map<String, List<Long>> shapes) {
    return weights.require(shapes, CONFIG);
  }

  /** Up to eight names and how many more there are. */
  public static String firstFew(List<String> names) {
    return Weights.firstFew(names);
  }

  /** The weight file, or the index of its shards, for messages. */
  public String weightsName() {
    return weights.weightsName();
  }

  /** {@link Weights#hash} over all of its weights. */
  public ContentHash weights() {
    return files.hash();
  }

  /** The configuration, tokenizer and preprocessing files of a folder, in a fixed order. */
  public static List<Path> configurationFiles(Path folder) {
    return Stream.concat(CONFIGURATION_FILES.stream(), ELSEWHERE.stream())
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .toList();
  }

  /** SHA-256 over the names and hashes of configuration, tokenizer and preprocessing files. */
  public synchronized ContentHash configuration() {
    if (configurationHash == null) {
      configurationHash = ContentHash.ofNamed(configurationFiles(folder));
    }
    return configurationHash;
  }
}
