package dev.auscult.model;

import dev.auscult.base.InputException;
import dev.auscult.image.ImageTransform;
import dev.auscult.image.PixelSize;
import dev.auscult.text.Tokenizer;
import dev.auscult.text.Tokenizers;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The files beside the weights that say how images and texts become input. */
final class ModelFiles {
  private ModelFiles() {}

  /** What {@code preprocessor_config.json} says, or the registry in its place. */
  static ImageTransform huggingFaceTransform(ModelSource source, PatchGrid grid) {
    return described(source, "preprocessor_config.json", ImageTransform::read, grid);
  }

  /** What {@code open_clip_config.json} says, or the registry in its place. */
  static ImageTransform openClipTransform(ModelSource source, PatchGrid grid) {
    return described(source, "open_clip_config.json", ImageTransform::readOpenClip, grid);
  }

  /** What the registry says, else {@code otherwise}, for layouts without a file for it. */
  static ImageTransform publishedTransform(
      ModelSource source, Preprocessing otherwise, PatchGrid grid) {
    ImageTransform transform = known(source, otherwise).transform(grid.imageSize());
    return checked(transform, source.folder(), source, grid);
  }

  /** As one of the checkpoint's own files describes it, if the registry has nothing else. */
  private static ImageTransform described(
      ModelSource source, String name, Function<Path, ImageTransform> read, PatchGrid grid) {
    if (known(source, Preprocessing.OWN) != Preprocessing.OWN) {
      return publishedTransform(source, Preprocessing.OWN, grid);
    }
    Path file = source.checkpoint().folder().resolve(name);
    return checked(read.apply(file), file.toString(), source, grid);
  }

  private static Preprocessing known(ModelSource source, Preprocessing otherwise) {
    return source
        .published()
        .map(PublishedModel::preprocessing)
        .filter(preprocessing -> preprocessing != Preprocessing.OWN)
        .orElse(otherwise);
  }

  /** At the size that the user asks for, else at the model's, which must then be the file's. */
  private static ImageTransform checked(
      ImageTransform transform, String file, ModelSource source, PatchGrid grid) {
    PixelSize size = PixelSize.square(grid.imageSize());
    if (transform.crop().equals(size)) {
      return transform;
    }
    boolean asked = source.hint().imageSize().isPresent();
    return (asked ? transform.resized(grid.imageSize()) : Optional.<ImageTransform>empty())
        .orElseThrow(
            () ->
                new InputException(
                    file,
                    "images of %d x %d"
                        .formatted(transform.crop().width(), transform.crop().height()),
                    "%d x %d, as the model takes them".formatted(size.width(), size.height()),
                    asked
                        ? "ask for another image_size: this preprocessing has one size only"
                        : "check that both files belong to the same model; where a vision"
                            + " transformer is meant to see images of another size than it was"
                            + " trained with, say so beside them in %s: {\"image_size\": %d}"
                                .formatted(Registry.HINT, transform.crop().width())));
  }

  /** The tokenizer beside the weights, which must not know more ids than the text encoder. */
  static Tokenizer tokenizer(ModelSource source, TextTower text) {
    Tokenizer tokenizer = Tokenizers.load(source.tokenizerFolder(), text.context());
    return checked(tokenizer, source, text.vocabulary());
  }

  private static Tokenizer checked(Tokenizer tokenizer, ModelSource source, int vocabulary) {
    if (tokenizer.vocabularySize() > vocabulary) {
      throw new InputException(
          source.tokenizerFolder().toString(),
          "a tokenizer of %d ids".formatted(tokenizer.vocabularySize()),
          "at most %d, as the weights have".formatted(vocabulary),
          "check that tokenizer and weights belong to the same model");
    }
    return tokenizer;
  }
}
