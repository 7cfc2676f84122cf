package dev.auscult.model;

import dev.auscult.image.ImageTransform;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * An image encoder without a text encoder as a layout describes it.
 *
 * @param layout how its files are kept, in words
 * @param configuration what calls for the tensors, for messages, e.g. {@code config.json}
 * @param image the image encoder
 * @param harmless which tensors of the file may be left over
 */
record ImagePlan(
    String layout,
    String configuration,
    TowerPlan<? extends ImageTower> image,
    Predicate<String> harmless) {

  /**
   * Builds the encoder of a checkpoint's tensors, all of them or none.
   *
   * @param transform finds the preprocessing of an input of that size
   */
  TowerVisionEncoder open(
      ModelSource source, BiFunction<ModelSource, PatchGrid, ImageTransform> transform) {
    TowerPlan<? extends ImageTower> sized = image.sized(source.hint());
    TensorSelection selection =
        TensorSelection.take(
            source.checkpoint().tensors(),
            sized.shapes(),
            sized.origins(),
            configuration,
            harmless);
    Architecture architecture =
        selection.architecture(layout, sized.description(), "", source.dtype());
    Parameters parameters = selection.parameters(source.dtype());
    try {
      ImageTower tower = sized.build().apply(parameters);
      return new TowerVisionEncoder(
          source.identity(architecture.family()),
          architecture.withHeads(tower.head(), ""),
          tower,
          parameters,
          transform.apply(source, tower.grid()));
    } catch (RuntimeException e) {
      parameters.close();
      throw e;
    }
  }
}
