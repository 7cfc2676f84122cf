package dev.auscult.cli;

import dev.auscult.image.Fit;
import dev.auscult.image.ImageTransform;
import dev.auscult.image.Normalisation;
import dev.auscult.image.PixelSize;
import dev.auscult.image.PixelStep;
import dev.auscult.image.Resize;
import dev.auscult.image.TensorResize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A model's preprocessing in words, every step in its order. */
final class TransformWords {
  private TransformWords() {}

  /** From decoded pixels to the model's input. */
  static List<String> of(ImageTransform transform) {
    List<String> words = new ArrayList<>();
    transform.steps().forEach(step -> words.addAll(of(step)));
    words.add(of(transform.normalisation()));
    transform.tensorResize().ifPresent(last -> words.add(of(last)));
    return words;
  }

  private static List<String> of(PixelStep step) {
    if (step instanceof Fit fit) {
      return List.of(
          of(fit.resize()) + ", " + lower(fit.resample()), "centre " + of(fit.crop().size()));
    }
    return List.of(
        step instanceof PixelStep.Gray ? "gray in three channels" : "levels stretched to 0-255");
  }

  private static String of(Resize resize) {
    if (resize instanceof Resize.ShortestEdge edge) {
      return "shorter edge to " + edge.pixels();
    }
    if (resize instanceof Resize.LongestEdge edge) {
      return "longer edge to " + edge.pixels();
    }
    if (resize instanceof Resize.Cover cover) {
      return "to cover " + of(cover.target());
    }
    if (resize instanceof Resize.Contain contain) {
      return "to fit into " + of(contain.target());
    }
    if (resize instanceof Resize.Squash squash) {
      return "both edges to " + of(squash.target());
    }
    return resize instanceof Resize.PaddedSquare square
        ? "padded with black to a square, to %d".formatted(square.pixels())
        : "not resized";
  }

  private static String of(Normalisation normalisation) {
    return "times %.6g, minus %s, divided by %s"
        .formatted(normalisation.rescale(), normalisation.mean(), normalisation.std());
  }

  private static String of(TensorResize last) {
    return "as floats to %s, %s".formatted(of(last.target()), lower(last.kernel()));
  }

  private static String of(PixelSize size) {
    return size.width() + " x " + size.height();
  }

  private static String lower(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
