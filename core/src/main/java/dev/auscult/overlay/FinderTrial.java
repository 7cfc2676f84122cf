package dev.auscult.overlay;

import dev.auscult.base.Seed;
import dev.auscult.image.lettering.Contrast;
import dev.auscult.image.lettering.TextMark;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Estimate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How well burned-in text is found, measured on images of which every second one had one burned in.
 *
 * @param images all images
 * @param seed of the intervals
 */
public record FinderTrial(List<FoundInImage> images, Seed seed) {

  /** Copies the list. */
  public FinderTrial {
    images = List.copyOf(images);
  }

  /** The share of the images with text that are taken for such. */
  public Estimate recall() {
    return share(image -> image.planted().isPresent(), FoundInImage::isFound);
  }

  /** The share of the images taken for such with text that have one. */
  public Estimate precision() {
    return share(FoundInImage::isFound, image -> image.planted().isPresent());
  }

  /** The share of the images without text that are taken for some with text. */
  public Estimate falseAlarms() {
    return share(image -> image.planted().isEmpty(), FoundInImage::isFound);
  }

  /** The mean share of a planted text's box that the places found cover. */
  public Estimate covered() {
    return covered(image -> image.planted().isPresent());
  }

  /** The same of those images alone that are taken for some with text. */
  public Estimate coveredWhereFound() {
    return covered(image -> image.planted().isPresent() && image.isFound());
  }

  private Estimate covered(Predicate<FoundInImage> of) {
    List<FoundInImage> some = some(of);
    return some.isEmpty()
        ? Estimate.undefined()
        : bootstrap()
            .mean(some.stream().mapToDouble(FoundInImage::covered).toArray(), clusters(some));
  }

  /** Recall without the faint texts. */
  public Estimate recallOfClear() {
    return share(
        image -> image.planted().filter(mark -> mark.contrast() != Contrast.FAINT).isPresent(),
        FoundInImage::isFound);
  }

  /** Recall by what the texts look like: by typeface, size, contrast and number of letters. */
  public Map<String, Map<String, Estimate>> parts() {
    Map<String, Map<String, Estimate>> parts = new TreeMap<>();
    parts.put("typeface", recallBy(mark -> mark.face().term()));
    parts.put("size", recallBy(mark -> String.format(Locale.ROOT, "%.3f", mark.size())));
    parts.put("contrast", recallBy(mark -> mark.contrast().term()));
    parts.put("letters", recallBy(mark -> mark.text().length() == 1 ? "one" : "several"));
    return parts;
  }

  private Map<String, Estimate> recallBy(Function<TextMark, String> part) {
    return some(image -> image.planted().isPresent()).stream()
        .map(image -> part.apply(image.planted().orElseThrow()))
        .distinct()
        .collect(
            Collectors.toMap(
                Function.identity(),
                name ->
                    share(
                        image ->
                            image.planted().filter(m -> part.apply(m).equals(name)).isPresent(),
                        FoundInImage::isFound),
                (first, second) -> first,
                TreeMap::new));
  }

  private Estimate share(Predicate<FoundInImage> of, Predicate<FoundInImage> property) {
    List<FoundInImage> some = some(of);
    return some.isEmpty()
        ? Estimate.undefined()
        : bootstrap()
            .share(
                some.stream().mapToDouble(image -> property.test(image) ? 1 : 0).toArray(),
                clusters(some));
  }

  private List<FoundInImage> some(Predicate<FoundInImage> of) {
    return images.stream().filter(of).toList();
  }

  private static Clusters clusters(List<FoundInImage> of) {
    return Clusters.of(of.stream().map(FoundInImage::cluster).toList());
  }

  private Bootstrap bootstrap() {
    return Bootstrap.bca(seed.derive("finder trial"));
  }
}
