package dev.auscult.cli;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.embed.ImageItem;
import dev.auscult.embed.TextItem;
import dev.auscult.report.ShownItem;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is looked for: texts, then images.
 *
 * @param names the text, or the image's file
 * @param vectors unit rows, one per name
 * @param images the last of the names, which are images
 */
record SearchQueries(List<String> names, FloatMatrix vectors, List<ImageItem> images) {

  /** Copies the lists. */
  SearchQueries {
    names = List.copyOf(names);
    images = List.copyOf(images);
  }

  /**
   * Embeds queries.
   *
   * @throws InputException if an image cannot be read
   */
  static SearchQueries of(List<String> texts, List<ImageItem> images, Embedder embedder) {
    FloatMatrix ofTexts =
        embedder
            .texts(texts.stream().map(text -> new TextItem(text, text)).toList(), Progress.NONE)
            .embeddings()
            .vectors();
    EmbeddingRun ofImages = embedder.images(images, Progress.NONE);
    if (!ofImages.skipped().isEmpty()) {
      throw new InputException(
          "--query-image " + ofImages.skipped().get(0).id(),
          "nothing that can be read",
          "an image",
          "see: " + ofImages.skipped().get(0).reason());
    }
    List<String> names = new ArrayList<>(texts);
    images.forEach(image -> names.add(image.id()));
    return new SearchQueries(names, ofTexts.append(ofImages.embeddings().vectors()), images);
  }

  /** A query as a page shows it. */
  ShownItem shown(int query) {
    int image = query - (names.size() - images.size());
    return image < 0
        ? ShownItem.ofText("", names.get(query))
        : ShownItem.ofImage(names.get(query), images.get(image).image().read(), Optional.empty());
  }
}
