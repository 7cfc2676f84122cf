package dev.auscult.model;

import dev.auscult.checkpoint.Origin;
import dev.auscult.checkpoint.Weights;
import dev.auscult.image.ImageTransform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * A dual encoder as a layout describes it.
 *
 * @param layout how its files are kept, in words
 * @param configuration what calls for the tensors, for messages, e.g. {@code config.json}
 * @param image the image encoder
 * @param text the text encoder
 * @param score what follows the cosine
 * @param harmless which tensors of the file may be left over
 * @param imageFile the file of the image encoder, where it has one of its own
 */
record DualPlan(
    String layout,
    String configuration,
    TowerPlan<? extends ImageTower> image,
    TowerPlan<? extends TextTower> text,
    TowerPlan<ScoreFunction> score,
    Predicate<String> harmless,
    Optional<ImageFile> imageFile) {

  /**
   * The file of an image encoder.
   *
   * @param weights its tensors
   * @param harmless which of them may be left over
   */
  record ImageFile(Weights weights, Predicate<String> harmless) {}

  /** A model whose weights lie in one file, or in the shards of one. */
  DualPlan(
      String layout,
      String configuration,
      TowerPlan<? extends ImageTower> image,
      TowerPlan<? extends TextTower> text,
      TowerPlan<ScoreFunction> score,
      Predicate<String> harmless) {
    this(layout, configuration, image, text, score, harmless, Optional.empty());
  }

  /**
   * Builds the encoder of a checkpoint's tensors, all of them or none.
   *
   * @param transform finds the preprocessing of an input of that size
   */
  TowerEncoder open(
      ModelSource source, BiFunction<ModelSource, PatchGrid, ImageTransform> transform) {
    return sized(source.hint()).opened(source, transform);
  }

  private DualPlan sized(ModelHint hint) {
    return new DualPlan(layout, configuration, image.sized(hint), text, score, harmless, imageFile);
  }

  private TowerEncoder opened(
      ModelSource source, BiFunction<ModelSource, PatchGrid, ImageTransform> transform) {
    TensorSelection selection = select(source.checkpoint().tensors());
    Architecture architecture =
        selection.architecture(layout, image.description(), text.description(), source.dtype());
    Parameters parameters = selection.parameters(source.dtype());
    try {
      Towers towers = towers(parameters);
      return new TowerEncoder(
          source.identity(architecture.family()),
          architecture.withHeads(towers.image().head(), towers.text().head()),
          towers,
          parameters,
          transform.apply(source, towers.image().grid()),
          ModelFiles.tokenizer(source, towers.text()),
          new LayeredTowers(
              TowerLayers.of(image.shapes().keySet()),
              TowerLayers.of(text.shapes().keySet()),
              this::towers));
    } catch (RuntimeException e) {
      parameters.close();
      throw e;
    }
  }

  private Towers towers(Parameters parameters) {
    return new Towers(
        image.build().apply(parameters),
        text.build().apply(parameters),
        score.build().apply(parameters));
  }

  private TensorSelection select(Weights weights) {
    return imageFile
        .map(file -> take(weights, harmless, text, score).and(imageTensors(file)))
        .orElseGet(() -> take(weights, harmless, image, text, score));
  }

  private TensorSelection imageTensors(ImageFile file) {
    return take(file.weights(), file.harmless(), image);
  }

  private TensorSelection take(
      Weights weights, Predicate<String> leftovers, TowerPlan<?>... parts) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    Map<String, Origin> origins = new LinkedHashMap<>();
    for (TowerPlan<?> part : parts) {
      shapes.putAll(part.shapes());
      origins.putAll(part.origins());
    }
    return TensorSelection.take(weights, shapes, origins, configuration, leftovers);
  }
}
