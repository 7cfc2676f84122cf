package dev.auscult.data.phantom;

import dev.auscult.base.Seed;
import dev.auscult.data.ImageSource;
import dev.auscult.data.Sample;
import dev.auscult.data.SampleBuilder;
import dev.auscult.image.RgbImage;
import java.util.List;
import java.util.Optional;

/**
 * A person's drawing of where it hurts, the words that go with it, and the outcome: the whole truth
 * about one symptom sketch. Drawing and words are drawn independently of each other; the words
 * never name a place, the drawing never shows a feeling.
 */
public final class Sketch {
  /** Changes whenever the same configuration would draw other pixels or write other texts. */
  static final String VERSION = "sketch/1";

  /** The outcome of sketches that the rule raises. */
  public static final String URGENT = "urgent";

  /** The other outcome. */
  public static final String ROUTINE = "routine";

  private static final List<String> COURSES =
      List.of("At night", "After meals", "At rest", "For days");

  private final SketchConfig config;
  private final int index;
  private final Seed seed;
  private final Patient patient;
  private final BodyRegion region;
  private final Sensation sensation;
  private final boolean urgent;

  Sketch(SketchConfig config, int index) {
    this.config = config;
    this.index = index;
    this.seed = config.seed().derive("sketch").derive(index);
    this.patient = Patient.of(config.seed(), patientNumber(index));
    Draw truth = stream("truth");
    this.region = truth.pick(List.of(BodyRegion.values()));
    this.sensation = truth.pick(List.of(Sensation.values()));
    this.urgent = truth.chance(config.rule().urgent(region.sign(), sensation.sign()));
  }

  /** Of three sketches in a row, the second and third are of one person. */
  private static long patientNumber(int index) {
    return index % 3 == 2 ? index - 1 : index;
  }

  private Draw stream(String part) {
    return new Draw(seed.derive(part));
  }

  /** Unique in the data set, e.g. {@code sketch-000042}. */
  public String id() {
    return "sketch-%06d".formatted(index);
  }

  /** The sign of the drawing: marked on the trunk +1, on a limb -1. */
  public int drawingSign() {
    return region.sign();
  }

  /** The sign of the text: felt deep inside +1, on the skin -1. */
  public int textSign() {
    return sensation.sign();
  }

  /** {@link #URGENT} or {@link #ROUTINE}. */
  public String outcome() {
    return urgent ? URGENT : ROUTINE;
  }

  /** What the person writes. */
  public String text() {
    Draw draw = stream("text");
    return "%s %s pain.".formatted(draw.pick(COURSES), sensation.word());
  }

  /** Draws it: {@code size x size}. */
  public RgbImage image() {
    return drawing().image();
  }

  /** White where the complaint is marked, black elsewhere. */
  public RgbImage markMask() {
    return drawing().markMask();
  }

  private SketchDrawing drawing() {
    return SketchDrawing.of(config.size(), region, stream("body"), stream("mark"));
  }

  /** The sample: outcome as label, and the region {@code mark}. */
  public Sample toSample() {
    return new SampleBuilder(id(), source("image", this::image))
        .text(Optional.of(text()))
        .patient(Optional.of(patient.id()))
        .label(Optional.of(outcome()))
        .attribute("age", Optional.of(Integer.toString(patient.age())))
        .attribute("sex", Optional.of(patient.sex().code()))
        .region("mark", source("mark", this::markMask))
        .build();
  }

  private ImageSource source(String part, java.util.function.Supplier<RgbImage> drawing) {
    return new DrawnImage(
        part.equals("image") ? id() : id() + " " + part,
        List.of(VERSION, part, String.join(" ", config.identity()), Integer.toString(index)),
        drawing);
  }
}
