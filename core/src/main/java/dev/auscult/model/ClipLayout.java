package dev.auscult.model;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.checkpoint.StoredTensor;
import dev.auscult.image.ImageTransform;
import dev.auscult.image.PixelSize;
import dev.auscult.tensor.DType;
import dev.auscult.text.Tokenizer;
import dev.auscult.text.Tokenizers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds a {@link TowerEncoder} from a folder in Hugging Face's CLIPModel layout. */
final class ClipLayout {
  private static final Logger LOG = LoggerFactory.getLogger(ClipLayout.class);

  private ClipLayout() {}

  /**
   * Opens a checkpoint.
   *
   * @throws InputException if configuration, weights, tokenizer and preprocessing are incomplete or
   *     do not fit one another
   */
  static TowerEncoder open(
      Checkpoint checkpoint, String name, DType dtype, Optional<String> notice) {
    ClipConfig config = ClipConfig.parse(checkpoint.config(), checkpoint.configFile());
    Map<String, StoredTensor> weights = checkpoint.require(config.shapes());
    List<String> ignored = ignored(checkpoint, weights);
    if (!ignored.isEmpty()) {
      LOG.info("{}: ignored tensors {}", name, Checkpoint.firstFew(ignored));
    }
    ImageTransform transform = transform(checkpoint, config);
    Tokenizer tokenizer = tokenizer(checkpoint, config);
    Parameters parameters = Parameters.of(weights, dtype);
    return new TowerEncoder(
        () ->
            new ModelIdentity(
                name, config.family(), checkpoint.weights(), checkpoint.configuration(), notice),
        ClipModel.of(config, parameters).towers(),
        parameters,
        transform,
        tokenizer);
  }

  /**
   * The tensors that the architecture has no place for: position numbers that old files carry
   * along, and whatever lies outside the two towers. A surplus tensor inside a tower means that the
   * configuration describes another model.
   */
  static List<String> ignored(Checkpoint checkpoint, Map<String, StoredTensor> used) {
    List<String> surplus =
        checkpoint.names().stream().filter(name -> !used.containsKey(name)).sorted().toList();
    List<String> unexpected =
        surplus.stream()
            .filter(name -> name.startsWith("vision_model.") || name.startsWith("text_model."))
            .filter(name -> !name.endsWith(".embeddings.position_ids"))
            .toList();
    if (!unexpected.isEmpty()) {
      throw new InputException(
          checkpoint.weightsName(),
          "%d tensors that the architecture has no place for: %s"
              .formatted(unexpected.size(), Checkpoint.firstFew(unexpected)),
          "the tensors that config.json calls for",
          "check that weights and config.json belong together");
    }
    return surplus;
  }

  private static ImageTransform transform(Checkpoint checkpoint, ClipConfig config) {
    Path file = checkpoint.folder().resolve("preprocessor_config.json");
    ImageTransform transform = ImageTransform.read(file);
    int size = config.vision().grid().imageSize();
    if (config.vision().channels() != 3) {
      throw new InputException(
          checkpoint.configFile(),
          "vision_config.num_channels: " + config.vision().channels(),
          "3",
          "only models of colour images can be loaded");
    }
    if (!transform.crop().equals(PixelSize.square(size))) {
      throw new InputException(
          file.toString(),
          "images of %d x %d".formatted(transform.crop().width(), transform.crop().height()),
          "%d x %d, as config.json says".formatted(size, size),
          "check that both files belong to the same model");
    }
    return transform;
  }

  private static Tokenizer tokenizer(Checkpoint checkpoint, ClipConfig config) {
    Tokenizer tokenizer = Tokenizers.load(checkpoint.folder(), config.text().context());
    if (tokenizer.vocabularySize() > config.text().vocabulary()) {
      throw new InputException(
          checkpoint.folder().toString(),
          "a tokenizer of %d ids".formatted(tokenizer.vocabularySize()),
          "at most %d, as config.json says".formatted(config.text().vocabulary()),
          "check that tokenizer and config.json belong to the same model");
    }
    return tokenizer;
  }
}
