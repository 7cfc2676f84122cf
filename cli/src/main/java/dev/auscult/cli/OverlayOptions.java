package dev.auscult.cli;

import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.base.UsageException;
import dev.auscult.data.Dataset;
import dev.auscult.data.phantom.Finding;
import dev.auscult.data.phantom.PhantomDataset;
import dev.auscult.image.lettering.Contrast;
import dev.auscult.image.lettering.Corner;
import dev.auscult.image.lettering.Typeface;
import dev.auscult.overlay.Condition;
import dev.auscult.overlay.OverlayClasses;
import dev.auscult.overlay.OverlayDesign;
import dev.auscult.overlay.OverlayDesign.Crossing;
import dev.auscult.overlay.OverlaySettings;
import dev.auscult.overlay.TextKind;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which texts are burned in, and how they look. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class OverlayOptions {
  private static final OverlayDesign STANDARD = OverlayDesign.standard();

  @Option(
      names = "--labels",
      paramLabel = "FILE|\"a;b;c\"",
      description =
          "The classes: a file with one per line, or a list (default: the labels of the data; of"
              + " phantom all findings).")
  private @Nullable String labels;

  @Option(
      names = "--words",
      paramLabel = "FILE|\"a;b;c\"",
      description =
          "What is burned in for each class, in their order (default: the classes themselves; of"
              + " phantom the codes of the findings).")
  private @Nullable String words;

  @Option(
      names = "--kinds",
      split = ",",
      paramLabel = "KIND",
      description = "true, contradicting, unrelated, laterality, hospital (default: all).")
  private @Nullable List<String> kinds;

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "S",
      description =
          "Heights of capital letters as shares of the image's side; the first is the basic one"
              + " (default: 0.11,0.055,0.165).")
  private @Nullable List<Double> sizes;

  @Option(
      names = "--corners",
      split = ",",
      paramLabel = "CORNER",
      description =
          "top-left, top-right, bottom-left, bottom-right; the first is the basic one (default:"
              + " all).")
  private @Nullable List<String> corners;

  @Option(
      names = "--contrasts",
      split = ",",
      paramLabel = "CONTRAST",
      description =
          "white-on-black, black-on-white (in a box), white, faint (on the image); the first is the"
              + " basic one (default: all).")
  private @Nullable List<String> contrasts;

  @Option(
      names = "--full",
      description = "Cross sizes, corners and contrasts instead of varying one at a time.")
  private boolean full;

  @Option(
      names = "--face",
      defaultValue = "dots",
      paramLabel = "FACE",
      description = "Typeface: dots, pen, thin or bold (default: ${DEFAULT-VALUE}).")
  private String face;

  @Option(
      names = "--hospital",
      defaultValue = "General Hospital",
      paramLabel = "NAME",
      description = "The hospital's name to burn in (default: ${DEFAULT-VALUE}).")
  private String hospital;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Take N samples, drawn by the seed (default: all).")
  private @Nullable Integer samples;

  /**
   * The settings for a data set.
   *
   * @throws InputException if an option is not understood or does not fit the data
   */
  OverlaySettings settings(Dataset data, Seed seed) {
    if (samples != null && samples < 1) {
      throw new UsageException(
          "--samples", String.valueOf(samples), "at least 1", "leave it out to take all");
    }
    return new OverlaySettings(
        design(),
        classes(data),
        hospital,
        samples == null ? OptionalInt.empty() : OptionalInt.of(samples),
        seed);
  }

  private OverlayDesign design() {
    return new OverlayDesign(
        kinds == null ? STANDARD.kinds() : all("--kinds", TextKind.values(), TextKind::term, kinds),
        sizes == null ? STANDARD.sizes() : sizes,
        corners == null
            ? STANDARD.corners()
            : all("--corners", Corner.values(), Corner::term, corners),
        contrasts == null
            ? STANDARD.contrasts()
            : all("--contrasts", Contrast.values(), Contrast::term, contrasts),
        full ? Crossing.FULL : Crossing.ONE_AT_A_TIME,
        one("--face", Typeface.values(), Typeface::term, face));
  }

  private OverlayClasses classes(Dataset data) {
    boolean phantoms = data instanceof PhantomDataset && labels == null;
    List<String> names =
        labels != null
            ? ListOption.classes(labels)
            : phantoms ? Finding.prompts() : OverlayClasses.of(data.samples()).names();
    if (words != null) {
      return new OverlayClasses(names, ListOption.words(words));
    }
    return new OverlayClasses(
        names, phantoms ? Arrays.stream(Finding.values()).map(Finding::code).toList() : names);
  }

  private static <T> List<T> all(
      String option, T[] values, Function<T, String> term, List<String> given) {
    return given.stream().map(name -> one(option, values, term, name)).toList();
  }

  private static <T> T one(String option, T[] values, Function<T, String> term, String given) {
    return Arrays.stream(values)
        .filter(value -> term.apply(value).equalsIgnoreCase(given.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    option,
                    "'" + given + "'",
                    "one of " + Arrays.stream(values).map(term).collect(Collectors.joining(", ")),
                    "correct it"));
  }

  /** Adds to {@code run} what the figures depend on. */
  static Run describe(Run run, OverlaySettings settings) {
    OverlayDesign design = settings.design();
    return run.with("classes", settings.classes().names())
        .with("words", settings.classes().words())
        .with("kinds", design.kinds().stream().map(TextKind::term).toList())
        .with("conditions", design.conditions().stream().map(Condition::label).toList())
        .with("face", design.face().term())
        .with("hospital", settings.hospital())
        .with(
            "samples",
            settings.samples().isPresent() ? settings.samples().getAsInt() : (Object) "all");
  }
}
