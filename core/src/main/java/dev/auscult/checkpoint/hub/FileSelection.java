package dev.auscult.checkpoint.hub;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.Checkpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which files of a repository are wanted.
 *
 * @param exactly these and no others; empty for what a model needs: configurations, tokenizer,
 *     preprocessing and one set of weights
 */
public record FileSelection(List<String> exactly) {
  /** The configuration of the model itself, in the layouts of transformers and of open_clip. */
  static final List<String> MODEL_CONFIGURATIONS = List.of("config.json", "open_clip_config.json");

  /** Every file beside the weights that may decide what a model computes. */
  static final List<String> CONFIGURATIONS =
      List.of(
          "config.json",
          "open_clip_config.json",
          "preprocessor_config.json",
          "processor_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt",
          "vocab.txt",
          "tokenizer.model",
          "spiece.model",
          "sentencepiece.bpe.model");

  private static final String INDEX = ".index.json";
  private static final List<String> TRANSFORMERS_WEIGHTS =
      List.of(
          "model.safetensors",
          "model.safetensors" + INDEX,
          "pytorch_model.bin",
          "pytorch_model.bin" + INDEX);
  private static final List<String> OPEN_CLIP_WEIGHTS =
      List.of(
          "open_clip_model.safetensors",
          "open_clip_pytorch_model.safetensors",
          "open_clip_model.safetensors" + INDEX,
          "open_clip_pytorch_model.bin",
          "open_clip_pytorch_model.bin" + INDEX);
  private static final Pattern OTHER_SAFETENSORS = Pattern.compile("[^/]+\\.safetensors");
  private static final Pattern OTHER_TORCH = Pattern.compile("[^/]+\\.(pt|pth|tar|ckpt|bin)");
  private static final Pattern ANY_WEIGHTS =
      Pattern.compile(".*\\.(safetensors|bin|pt|pth|tar|ckpt|h5|msgpack|onnx|gguf|tflite)");
  private static final Pattern TRAINING_STATE =
      Pattern.compile("(training_args|optimizer|scheduler|scaler|rng_state).*");

  /** Checks that the names stay inside of a repository. */
  public FileSelection {
    exactly = List.copyOf(exactly);
    exactly.forEach(name -> RepositoryPath.checked(name, "the files to download"));
  }

  /** What a model needs. */
  public static FileSelection needed() {
    return new FileSelection(List.of());
  }

  /**
   * The weights of a model.
   *
   * @param file the one file, or the index that names its parts
   */
  record Weights(String file) {
    /** Whether the file names others that hold the weights. */
    boolean isIndex() {
      return file.endsWith(INDEX);
    }
  }

  /** Whether the wanted files have been named. */
  boolean isExact() {
    return !exactly.isEmpty();
  }

  /** The files of {@code listed} that are wanted beside the weights. */
  List<String> configurations(Set<String> listed) {
    return CONFIGURATIONS.stream().filter(listed::contains).toList();
  }

  /**
   * The one set of weights to take from a repository: safetensors rather than pickles, the layout
   * of the configuration rather than another one.
   *
   * @return empty if there is none
   * @throws InputException if several are equally likely
   */
  static Optional<Weights> weights(Set<String> listed, HubReference reference) {
    boolean openClip = listed.contains("open_clip_config.json") && !listed.contains("config.json");
    List<String> first = openClip ? OPEN_CLIP_WEIGHTS : TRANSFORMERS_WEIGHTS;
    List<String> second = openClip ? TRANSFORMERS_WEIGHTS : OPEN_CLIP_WEIGHTS;
    return Stream.concat(first.stream(), second.stream())
        .filter(listed::contains)
        .findFirst()
        .or(() -> only(listed, OTHER_SAFETENSORS, reference))
        .or(() -> only(listed, OTHER_TORCH, reference))
        .map(Weights::new);
  }

  private static Optional<String> only(Set<String> listed, Pattern form, HubReference reference) {
    List<String> found =
        listed.stream()
            .filter(name -> form.matcher(name).matches())
            .filter(name -> !TRAINING_STATE.matcher(name).matches())
            .sorted()
            .toList();
    if (found.size() > 1) {
      throw new InputException(
          "model " + reference,
          "several weights: " + Checkpoint.firstFew(found),
          "one set, such as model.safetensors",
          "pull the one you want with 'auscult models pull --file NAME'");
    }
    return found.stream().findFirst();
  }

  /** The error for a repository without weights that could be taken. */
  static InputException noWeights(Collection<String> listed, HubReference reference) {
    List<String> others =
        listed.stream().filter(name -> ANY_WEIGHTS.matcher(name).matches()).sorted().toList();
    List<String> expected = new ArrayList<>(TRANSFORMERS_WEIGHTS);
    expected.add("open_clip_pytorch_model.bin");
    return new InputException(
        "model " + reference,
        others.isEmpty()
            ? "no weights"
            : "no weights of a known name, but " + Checkpoint.firstFew(others),
        "one of " + String.join(", ", expected) + ", or a single .pt, .pth or .tar",
        "check the name, or pull a file by its name with 'auscult models pull --file NAME'");
  }
}
