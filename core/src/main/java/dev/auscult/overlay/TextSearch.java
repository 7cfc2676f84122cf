package dev.auscult.overlay;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.Sample;
import dev.auscult.data.TextPlaces;
import dev.auscult.image.RgbImage;
import dev.auscult.image.lettering.Box;
import dev.auscult.image.lettering.Contrast;
import dev.auscult.image.lettering.Corner;
import dev.auscult.image.lettering.FoundText;
import dev.auscult.image.lettering.TextFinder;
import dev.auscult.image.lettering.TextMark;
import dev.auscult.image.lettering.Typeface;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;

/** Looks for burned-in text in images, each image once; or measures how well that is done. */
public final class TextSearch {
  private static final List<String> TEXTS =
      List.of("L", "R", "PORTABLE", "ERECT AP", "GENERAL HOSPITAL", "PNEUMONIA", "12-03-1998");
  private static final List<Double> SIZES = List.of(0.055, 0.08, 0.11, 0.165);
  private static final int TOGETHER = 32;

  private final List<Sample> samples;
  private final Optional<TextPlaces> places;
  private final boolean plant;
  private final Seed seed;
  private final List<Skipped> skipped = new ArrayList<>();

  /**
   * @param plant whether to burn a text into every second image
   * @param seed of what is burned in
   */
  public TextSearch(List<Sample> samples, boolean plant, Seed seed) {
    this(samples, Optional.empty(), plant, seed);
  }

  private TextSearch(List<Sample> samples, Optional<TextPlaces> places, boolean plant, Seed seed) {
    Set<String> images = new HashSet<>();
    this.samples = samples.stream().filter(sample -> images.add(sample.image().name())).toList();
    this.places = places;
    this.plant = plant;
    this.seed = seed;
  }

  /**
   * Looks at all images, in the order of the data.
   *
   * @param threads how many to use; the result does not depend on it
   * @throws dev.auscult.base.InterruptedRunException if the user stops it
   */
  public List<FoundInImage> run(int threads, Progress progress) {
    List<FoundInImage> found = new ArrayList<>();
    ForkJoinPool pool = new ForkJoinPool(threads);
    try (Progress.Task task = progress.begin("looking for text", samples.size())) {
      for (int from = 0; from < samples.size(); from += TOGETHER) {
        List<Sample> some = samples.subList(from, Math.min(samples.size(), from + TOGETHER));
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
          places.add(from + i);
        }
        pool.submit(() -> places.parallelStream().map(this::look).toList())
            .join()
            .forEach(
                one ->
                    one.found()
                        .ifPresentOrElse(
                            found::add, () -> skipped.add(one.skipped().orElseThrow())));
        task.advance(some.size());
      }
    } finally {
      pool.shutdown();
    }
    return found;
  }

  /** Samples that could not be read. */
  public List<Skipped> skipped() {
    return List.copyOf(skipped);
  }

  /**
   * Looks at those images alone that a person has looked at.
   *
   * @throws InputException if there is none
   */
  public static TextSearch marked(List<Sample> samples, TextPlaces places, Seed seed) {
    List<Sample> known = samples.stream().filter(one -> places.of(one).isPresent()).toList();
    if (known.isEmpty()) {
      throw new InputException(
          "the marked places",
          "no image of this data",
          "file names of its images",
          "give the data set that was marked");
    }
    return new TextSearch(known, Optional.of(places), false, seed);
  }

  /** How well marked places were found. */
  public PlaceTrial placeTrial(List<FoundInImage> found) {
    return new PlaceTrial(found, seed);
  }

  /** How well planted texts were found. */
  public FinderTrial trial(List<FoundInImage> found) {
    return new FinderTrial(found, seed);
  }

  private record Looked(Optional<FoundInImage> found, Optional<Skipped> skipped) {}

  private Looked look(int place) {
    Sample sample = samples.get(place);
    try {
      RgbImage image = sample.image().read();
      Optional<TextMark> mark =
          plant && place % 2 == 1 ? Optional.of(drawn(sample)) : Optional.empty();
      RgbImage seen = mark.map(text -> text.burn(image)).orElse(image);
      List<FoundText> found = TextFinder.candidates(seen);
      List<Box> planted =
          mark.map(text -> List.of(text.box(image.width(), image.height()))).orElse(List.of());
      return new Looked(
          Optional.of(
              new FoundInImage(
                  sample.id(),
                  sample.patient().orElse(sample.image().name()),
                  mark,
                  places.flatMap(known -> known.of(sample)).orElse(planted),
                  found.isEmpty() ? 0 : found.get(0).score(),
                  TextFinder.certain(found))),
          Optional.empty());
    } catch (InputException e) {
      return new Looked(
          Optional.empty(), Optional.of(new Skipped(sample.id(), String.valueOf(e.getMessage()))));
    }
  }

  private TextMark drawn(Sample sample) {
    SplittableRandom random = seed.derive("planted text").derive(sample.id()).random();
    return new TextMark(
        drawn(TEXTS, random),
        drawn(List.of(Typeface.values()), random),
        drawn(SIZES, random),
        drawn(List.of(Corner.values()), random),
        drawn(List.of(Contrast.values()), random));
  }

  private static <T> T drawn(List<T> all, SplittableRandom random) {
    return all.get(random.nextInt(all.size()));
  }
}
