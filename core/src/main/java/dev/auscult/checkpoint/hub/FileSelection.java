package dev.auscult.checkpoint.hub;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.checkpoint.WeightChoice;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which files of a repository are wanted.
 *
 * @param exactly these and no others; empty for what a model needs: configurations, tokenizer,
 *     preprocessing and one set of weights
 * @param beside what a model needs more than that, such as a second file of weights
 */
public record FileSelection(List<String> exactly, List<String> beside) {
  /** The configuration of the model itself, in the layouts of transformers and of open_clip. */
  static final List<String> MODEL_CONFIGURATIONS = List.of("config.json", "open_clip_config.json");

  private static final Pattern ANY_WEIGHTS =
      Pattern.compile(".*\\.(safetensors|bin|pt|pth|tar|ckpt|h5|msgpack|onnx|gguf|tflite|zip)");

  /** Checks that the names stay inside of a repository. */
  public FileSelection {
    exactly = List.copyOf(exactly);
    beside = List.copyOf(beside);
    exactly.forEach(name -> RepositoryPath.checked(name, "the files to download"));
    beside.forEach(name -> RepositoryPath.checked(name, "the files to download"));
  }

  /** These and no others; what a model needs if there are none. */
  public FileSelection(List<String> exactly) {
    this(exactly, List.of());
  }

  /** What a model needs. */
  public static FileSelection needed() {
    return new FileSelection(List.of());
  }

  /** Whether the wanted files have been named. */
  boolean isExact() {
    return !exactly.isEmpty();
  }

  /** The files of {@code listed} that are wanted beside the weights. */
  List<String> configurations(Set<String> listed) {
    return Checkpoint.CONFIGURATION_FILES.stream().filter(listed::contains).toList();
  }

  /**
   * The one set of weights to take, as it is chosen in a folder: a file, or the index of several.
   *
   * @return empty if there is none
   * @throws InputException if several are equally likely
   */
  static Optional<String> weights(Set<String> listed, HubReference reference) {
    List<String> top = listed.stream().filter(name -> !name.contains("/")).toList();
    return WeightChoice.among(
        top,
        "model " + reference,
        "pull the one you want with 'auscult models pull %s --file NAME'".formatted(reference));
  }

  /** The error for a repository without weights that could be taken. */
  static InputException noWeights(Collection<String> listed, HubReference reference) {
    List<String> others =
        listed.stream().filter(name -> ANY_WEIGHTS.matcher(name).matches()).sorted().toList();
    return new InputException(
        "model " + reference,
        others.isEmpty()
            ? "no weights"
            : "no weights of a known name, but " + Checkpoint.firstFew(others),
        "model.safetensors, pytorch_model.bin, open_clip_pytorch_model.bin, or one file .pt, .pth"
            + " or .tar",
        "check the name, or pull a file by its name with 'auscult models pull %s --file NAME'"
            .formatted(reference));
  }
}
