package dev.auscult.checkpoint;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Named read-only tensors, memory-mapped from a file of any format that is understood (safetensors,
 * PyTorch's zip, either of them in shards). Opening reads headers only and runs nothing.
 * Thread-safe.
 */
public final class Weights {
  private final String location;
  private final WeightFiles files;
  private final List<String> unwrapped;
  private final Map<String, StoredTensor> tensors;
  private final UnaryOperator<String> nameInFile;

  private Weights(
      String location,
      WeightFiles files,
      List<String> unwrapped,
      Map<String, StoredTensor> tensors,
      UnaryOperator<String> nameInFile) {
    this.location = location;
    this.files = files;
    this.unwrapped = List.copyOf(unwrapped);
    this.tensors = Collections.unmodifiableMap(tensors);
    this.nameInFile = nameInFile;
  }

  /**
   * Opens a file of weights, an index of shards, or the weights of a folder. What a file is shows
   * in its content; its name does not matter. In a folder the names that transformers and open_clip
   * give come first, safetensors before PyTorch's format, else the only file that looks like
   * weights.
   *
   * @throws InputException if it is absent, malformed or of a format that is not read, naming it
   */
  public static Weights open(Path fileOrFolder) {
    Path file =
        Files.isDirectory(fileOrFolder) ? WeightChoice.in(fileOrFolder).file() : fileOrFolder;
    if (FileFormat.of(file) == FileFormat.SHARD_INDEX) {
      ShardIndex index = ShardIndex.read(file);
      return of(file, index.shards(), new TensorFile(index.open(), List.of()));
    }
    return of(file, List.of(file), TensorFile.open(file));
  }

  private static Weights of(Path named, List<Path> files, TensorFile content) {
    return new Weights(
        named.toString(),
        new WeightFiles(files),
        content.unwrapped(),
        content.tensors(),
        UnaryOperator.identity());
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
   * The tensor of that name.
   *
   * @throws InputException if there is none
   */
  public StoredTensor get(String tensor) {
    StoredTensor found = tensors.get(tensor);
    if (found == null) {
      throw new InputException(
          location,
          "no tensor \"" + nameInFile.apply(tensor) + "\"",
          "one",
          "check that this is the right file");
    }
    return found;
  }

  /** {@link #require(Map, String)} where no single file calls for the tensors. */
  public Map<String, StoredTensor> require(Map<String, List<Long>> shapes) {
    return require(shapes, "the model's configuration");
  }

  /**
   * Takes the tensors that an architecture needs, all of them or none. Messages name them as the
   * file does.
   *
   * @param shapes the shape of each tensor by name
   * @param source what calls for these shapes, e.g. {@code config.json}, for messages
   * @return the same names, in the same order
   * @throws InputException naming every tensor that is missing (the first few, and how many), or
   *     the first whose shape differs, with both shapes, or that is not floating-point
   */
  public Map<String, StoredTensor> require(Map<String, List<Long>> shapes, String source) {
    List<String> missing =
        shapes.keySet().stream()
            .filter(name -> !tensors.containsKey(name))
            .map(nameInFile)
            .distinct()
            .toList();
    if (!missing.isEmpty()) {
      throw new InputException(
          location,
          "%d of %d tensors missing: %s"
              .formatted(missing.size(), shapes.size(), firstFew(missing)),
          "all tensors that " + source + " calls for",
          "check that weights and " + source + " belong together and are complete");
    }
    Map<String, StoredTensor> taken = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> taken.put(name, checked(name, shape, source)));
    return taken;
  }

  private StoredTensor checked(String name, List<Long> shape, String source) {
    StoredTensor tensor = Objects.requireNonNull(tensors.get(name));
    if (!tensor.shape().equals(shape)) {
      throw new InputException(
          location,
          "tensor \"%s\" of shape %s".formatted(nameInFile.apply(name), tensor.shape()),
          "shape %s, as %s says".formatted(shape, source),
          "check that weights and " + source + " belong together");
    }
    if (!tensor.type().isFloating()) {
      throw new InputException(
          location,
          "tensor \"%s\" of type %s".formatted(nameInFile.apply(name), tensor.type()),
          "floating-point weights",
          "quantised checkpoints cannot be loaded: use the original one");
    }
    return tensor;
  }

  /** Up to eight names and how many more there are. */
  static String firstFew(List<String> names) {
    String listed = String.join(", ", names.subList(0, Math.min(8, names.size())));
    return names.size() <= 8 ? listed : listed + " and %d more".formatted(names.size() - 8);
  }

  /**
   * These weights under the names of another layout; messages keep the file's own names.
   *
   * @param origins where each tensor is found here; what is not here is absent there as well
   * @throws InputException if a tensor has no such part or form, which means that weights and
   *     configuration do not belong together
   */
  public Weights renamed(Map<String, Origin> origins) {
    Map<String, Origin> kept = Map.copyOf(origins);
    Map<String, StoredTensor> renamed = new LinkedHashMap<>();
    origins.forEach(
        (name, origin) -> {
          StoredTensor tensor = tensors.get(origin.name());
          if (tensor != null) {
            renamed.put(name, viewed(tensor, origin));
          }
        });
    return new Weights(
        location,
        files,
        unwrapped,
        renamed,
        name -> {
          Origin origin = kept.get(name);
          return nameInFile.apply(origin == null ? name : origin.name());
        });
  }

  private StoredTensor viewed(StoredTensor tensor, Origin origin) {
    try {
      return origin.view().apply(tensor);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new InputException(
          location,
          "tensor \"%s\" of shape %s".formatted(nameInFile.apply(origin.name()), tensor.shape()),
          "a shape that holds what the model's configuration calls for (" + e.getMessage() + ")",
          "check that weights and configuration belong together",
          e);
    }
  }

  /** The tensors whose names begin with a prefix, under the rest of their names. */
  public Weights under(String prefix) {
    Map<String, StoredTensor> below = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            below.put(name.substring(prefix.length()), tensor);
          }
        });
    return new Weights(location, files, unwrapped, below, name -> nameInFile.apply(prefix + name));
  }

  /** The weight file, or the index of its shards, for messages. */
  public String weightsName() {
    return location;
  }

  /**
   * What was taken off around the tensors, outermost first: keys such as {@code state_dict}, and
   * {@code module.} where every name began with it. Empty for most files.
   */
  public List<String> unwrapped() {
    return unwrapped;
  }

  /** The weight files: one, or the shards. */
  public List<Path> files() {
    return files.files();
  }

  /** The size of the weight files. */
  public long bytes() {
    return files.bytes();
  }

  /**
   * SHA-256 over the weight files: of the one file, or over names and hashes of the shards. The
   * first call reads them all; later calls answer at once.
   */
  public ContentHash hash() {
    return files.hash();
  }
}
