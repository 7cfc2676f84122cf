package dev.auscult.model;

import dev.auscult.base.InputException;
import dev.auscult.image.ImageTransform;
import dev.auscult.image.PixelSize;
import dev.auscult.text.Tokenizer;
import dev.auscult.text.Tokenizers;
import java.nio.file.Path;

/** The files beside the weights that say how images and texts become input. */
final class ModelFiles {
  private ModelFiles() {}

  /** What {@code preprocessor_config.json} says, or the registry in its place. */
  static ImageTransform huggingFaceTransform(ModelSource source, PatchGrid grid) {
    Preprocessing known = known(source, Preprocessing.OWN);
    if (known != Preprocessing.OWN) {
      return known.transform(grid.imageSize());
    }
    Path file = source.checkpoint().folder().resolve("preprocessor_config.json");
    return checked(ImageTransform.read(file), file.toString(), grid);
  }

  /** What {@code open_clip_config.json} says, or the registry in its place. */
  static ImageTransform openClipTransform(ModelSource source, PatchGrid grid) {
    Preprocessing known = known(source, Preprocessing.OWN);
    if (known != Preprocessing.OWN) {
      return known.transform(grid.imageSize());
    }
    Path file = source.checkpoint().folder().resolve("open_clip_config.json");
    return checked(ImageTransform.readOpenClip(file), file.toString(), grid);
  }

  /** What the registry says, else {@code otherwise}, for layouts without a file for it. */
  static ImageTransform publishedTransform(
      ModelSource source, Preprocessing otherwise, PatchGrid grid) {
    ImageTransform transform = known(source, otherwise).transform(grid.imageSize());
    return checked(transform, source.folder(), grid);
  }

  private static Preprocessing known(ModelSource source, Preprocessing otherwise) {
    return source
        .published()
        .map(PublishedModel::preprocessing)
        .filter(preprocessing -> preprocessing != Preprocessing.OWN)
        .orElse(otherwise);
  }

  private static ImageTransform checked(ImageTransform transform, String file, PatchGrid grid) {
    int size = grid.imageSize();
    if (!transform.crop().equals(PixelSize.square(size))) {
      throw new InputException(
          file,
          "images of %d x %d".formatted(transform.crop().width(), transform.crop().height()),
          "%d x %d, as the model takes them".formatted(size, size),
          "check that both files belong to the same model");
    }
    return transform;
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
