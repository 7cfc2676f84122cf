package dev.auscult.cli;

import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.data.MaskedText;
import dev.auscult.embed.ImageItem;
import dev.auscult.image.lettering.TextFinder;
import java.util.List;
import picocli.CommandLine.Option;

/** Whether burned-in text is covered before a model sees an image. */
final class MaskOption {
  @Option(
      names = "--mask-text",
      description =
          "Cover what looks like burned-in text with the colour around it; 'auscult find-text' shows"
              + " what that is.")
  private boolean masked;

  /** Images as the model is to see them. */
  List<ImageItem> apply(List<ImageItem> items) {
    return masked
        ? items.stream()
            .map(item -> new ImageItem(item.id(), new MaskedText(item.image())))
            .toList()
        : items;
  }

  /** A data set as the model is to see it. */
  Dataset apply(Dataset data) {
    return masked ? Datasets.withoutText(data) : data;
  }

  /** Adds to {@code run} how text was found, if it is covered. */
  void describe(Run run) {
    if (masked) {
      run.with("mask_text", TextFinder.VERSION);
    }
  }
}
