package dev.auscult.checkpoint;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model as its authors published it: named read-only tensors and a configuration, in a folder.
 * The weights are memory-mapped; opening reads headers and configuration only. Thread-safe.
 */
public final class Checkpoint {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  /** The files that decide what the model computes beside its weights. */
  private static final List<String> CONFIGURATION_FILES =
      List.of(
          CONFIG,
          "preprocessor_config.json",
          "processor_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "vocab.json",
          "merges.txt");

  private final Path folder;
  private final ObjectNode config;
  private final Map<String, StoredTensor> tensors;
  private final List<Path> weightFiles;
  private final Object hashing = new Object();
  private @Nullable ContentHash weightsHash;
  private @Nullable ContentHash configurationHash;

  private Checkpoint(
      Path folder, ObjectNode config, Map<String, StoredTensor> tensors, List<Path> weightFiles) {
    this.folder = folder;
    this.config = config;
    this.tensors = Collections.unmodifiableMap(tensors);
    this.weightFiles = List.copyOf(weightFiles);
  }

  /**
   * Opens a folder that holds {@code config.json} and {@code model.safetensors}, or its shards with
   * {@code model.safetensors.index.json}.
   *
   * @throws InputException if a file is absent or malformed, naming it
   */
  public static Checkpoint open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder.toString(),
          Files.exists(folder) ? "a file" : "no such folder",
          "a folder with " + CONFIG + " and " + WEIGHTS,
          "name the folder of the checkpoint");
    }
    ObjectNode config = JsonFile.read(folder.resolve(CONFIG));
    Path single = folder.resolve(WEIGHTS);
    if (Files.exists(single)) {
      return new Checkpoint(folder, config, tensorsOf(single), List.of(single));
    }
    Path indexFile = folder.resolve(INDEX);
    if (Files.exists(indexFile)) {
      ShardIndex index = ShardIndex.read(indexFile);
      List<Path> files = new ArrayList<>(index.shards());
      Collections.sort(files);
      return new Checkpoint(folder, config, index.open(), files);
    }
    throw new InputException(
        folder.toString(),
        "no weights" + otherWeights(folder),
        WEIGHTS + " or " + INDEX,
        "download the safetensors files, or convert with transformers' save_pretrained");
  }

  private static Map<String, StoredTensor> tensorsOf(Path file) {
    SafetensorsFile opened = SafetensorsFile.open(file);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    opened.names().forEach(name -> tensors.put(name, opened.get(name)));
    return tensors;
  }

  private static String otherWeights(Path folder) {
    try (var files = Files.list(folder)) {
      List<String> found =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.matches(".*\\.(bin|pt|pth|ckpt|h5|msgpack|onnx|safetensors)"))
              .sorted()
              .limit(5)
              .toList();
      return found.isEmpty() ? "" : " that can be read, but " + String.join(", ", found);
    } catch (IOException e) {
      return " (the folder cannot be listed: " + e.getMessage() + ")";
    }
  }

  /** The folder it was opened from. */
  public Path folder() {
    return folder;
  }

  /** A copy of {@code config.json}. */
  public ObjectNode config() {
    return config.deepCopy();
  }

  /** The path of {@code config.json}, for messages. */
  public String configFile() {
    return folder.resolve(CONFIG).toString();
  }

  /** The names of all tensors. */
  public Set<String> names() {
    return tensors.keySet();
  }

  /** The tensor of that name, or null. */
  public @Nullable StoredTensor find(String tensor) {
    return tensors.get(tensor);
  }

  /**
   * Takes the tensors that an architecture needs, all of them or none.
   *
   * @param shapes the shape of each tensor by name
   * @return the same names, in the same order
   * @throws InputException naming every tensor that is missing (the first few, and how many), or
   *     the first whose shape differs, with both shapes
   */
  public Map<String, StoredTensor> require(Map<String, List<Long>> shapes) {
    List<String> missing =
        shapes.keySet().stream().filter(name -> !tensors.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new InputException(
          weightsName(),
          "%d of %d tensors missing: %s"
              .formatted(missing.size(), shapes.size(), firstFew(missing)),
          "all tensors that " + CONFIG + " calls for",
          "check that weights and " + CONFIG + " belong together and are complete");
    }
    Map<String, StoredTensor> taken = new LinkedHashMap<>();
    for (Map.Entry<String, List<Long>> wanted : shapes.entrySet()) {
      taken.put(wanted.getKey(), checked(wanted.getKey(), wanted.getValue()));
    }
    return taken;
  }

  private StoredTensor checked(String name, List<Long> shape) {
    StoredTensor tensor = Objects.requireNonNull(tensors.get(name));
    if (!tensor.shape().equals(shape)) {
      throw new InputException(
          weightsName(),
          "tensor \"%s\" of shape %s".formatted(name, tensor.shape()),
          "shape %s, as %s says".formatted(shape, CONFIG),
          "check that weights and " + CONFIG + " belong together");
    }
    if (!tensor.type().isFloating()) {
      throw new InputException(
          weightsName(),
          "tensor \"%s\" of type %s".formatted(name, tensor.type()),
          "floating-point weights",
          "quantised checkpoints cannot be loaded: use the original one");
    }
    return tensor;
  }

  /** Up to eight names and how many more there are. */
  public static String firstFew(List<String> names) {
    String listed = String.join(", ", names.subList(0, Math.min(8, names.size())));
    return names.size() <= 8 ? listed : listed + " and %d more".formatted(names.size() - 8);
  }

  /** The weight file, or the index of its shards, for messages. */
  public String weightsName() {
    return weightFiles.size() == 1 && weightFiles.get(0).endsWith(WEIGHTS)
        ? weightFiles.get(0).toString()
        : folder.resolve(INDEX).toString();
  }

  /**
   * SHA-256 over the weight files: of the one file, or over names and hashes of the shards. The
   * first call reads them all; later calls answer at once.
   */
  public ContentHash weights() {
    synchronized (hashing) {
      ContentHash hash = weightsHash;
      if (hash == null) {
        hash = weightFiles.size() == 1 ? hashOf(weightFiles.get(0)) : hashOfNamed(weightFiles);
        weightsHash = hash;
      }
      return hash;
    }
  }

  /** SHA-256 over the names and hashes of configuration, tokenizer and preprocessing files. */
  public ContentHash configuration() {
    synchronized (hashing) {
      ContentHash hash = configurationHash;
      if (hash == null) {
        hash =
            hashOfNamed(
                CONFIGURATION_FILES.stream()
                    .map(folder::resolve)
                    .filter(Files::isRegularFile)
                    .toList());
        configurationHash = hash;
      }
      return hash;
    }
  }

  private static ContentHash hashOfNamed(List<Path> files) {
    List<String> parts = new ArrayList<>();
    for (Path file : files) {
      parts.add(String.valueOf(file.getFileName()));
      parts.add(hashOf(file).hex());
    }
    return ContentHash.of(parts.toArray(String[]::new));
  }

  private static ContentHash hashOf(Path file) {
    try {
      return ContentHash.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
