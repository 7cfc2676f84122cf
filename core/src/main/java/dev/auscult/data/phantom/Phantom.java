package dev.auscult.data.phantom;

import dev.auscult.base.ContentHash;
import dev.auscult.base.Seed;
import dev.auscult.data.ImageFinding;
import dev.auscult.data.ImageSource;
import dev.auscult.data.Sample;
import dev.auscult.data.SampleBuilder;
import dev.auscult.image.RgbImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * One phantom radiograph and the whole truth about it. The image is drawn each time it is asked
 * for; same configuration and index, same bits, on every platform.
 */
public final class Phantom {
  /** Changes whenever the same configuration would draw other pixels or write other texts. */
  static final String VERSION = "phantom/1";

  /** Images per patient in each group of six images. */
  private static final List<List<Integer>> PATIENT_SIZES =
      List.of(
          List.of(1, 2, 3),
          List.of(2, 2, 2),
          List.of(3, 1, 2),
          List.of(1, 1, 1, 3),
          List.of(2, 1, 3),
          List.of(3, 3),
          List.of(1, 2, 1, 2),
          List.of(1, 1, 2, 2));

  private static final int GROUP = 6;

  private final PhantomConfig config;
  private final int index;
  private final Seed seed;
  private final Patient patient;
  private final List<Finding> findings;
  private final Severity severity;
  private final double extent;
  private final View view;
  private final Scanner scanner;
  private final Optional<Overlay> overlay;

  Phantom(PhantomConfig config, int index) {
    this.config = config;
    this.index = index;
    this.seed = config.seed().derive("phantom").derive(index);
    this.patient = patientOf(config.seed(), index);
    this.findings = config.findings().findingsOf(config.seed(), index);
    Draw draw = stream("truth");
    this.severity = draw.pick(List.of(Severity.values()));
    this.extent = severity.extent(draw);
    this.view = draw.chance(0.5) ? View.PA : View.PORTABLE_AP;
    Scanner usual = draw.pick(Scanner.USUAL);
    this.scanner = config.scanner().orElse(usual);
    this.overlay = Overlay.of(config.overlay(), finding(), stream("overlay"));
  }

  private static Patient patientOf(Seed seed, int index) {
    int group = index / GROUP;
    List<Integer> sizes = new Draw(seed.derive("patients").derive(group)).pick(PATIENT_SIZES);
    int first = 0;
    for (int size : sizes) {
      if (index % GROUP < first + size) {
        break;
      }
      first += size;
    }
    return Patient.of(seed, (long) group * GROUP + first);
  }

  /** A stream of random numbers for one part of this phantom. */
  Draw stream(String part) {
    return new Draw(seed.derive(part));
  }

  Patient patient() {
    return patient;
  }

  /** The finding's extent, 0-1; its severity is the range it lies in. */
  double extent() {
    return extent;
  }

  /** The image's side in pixels. */
  public int size() {
    return config.size();
  }

  /** Its place in the data set, from 0. */
  public int index() {
    return index;
  }

  /** Unique in the data set, e.g. {@code phantom-000042}. */
  public String id() {
    return "phantom-%06d".formatted(index);
  }

  /** Whom it shows; a patient has one to three images. */
  public String patientId() {
    return patient.id();
  }

  /** {@code train}, {@code validation} or {@code test}, the same for all images of a patient. */
  public String split() {
    return patient.split();
  }

  /** What it shows: one finding unless the configuration mixes several. */
  public List<Finding> findings() {
    return findings;
  }

  /** The first finding that it shows. */
  public Finding finding() {
    return findings.get(0);
  }

  /** Whether it is the normal radiograph. */
  boolean isNormal() {
    return finding() == Finding.NORMAL;
  }

  /** How much of it; empty for the normal radiograph. */
  public Optional<Severity> severity() {
    return isNormal() ? Optional.empty() : Optional.of(severity);
  }

  /** How it was taken. */
  public View view() {
    return view;
  }

  /** What it was taken with. */
  public Scanner scanner() {
    return scanner;
  }

  /** Where it was taken. */
  public Site site() {
    return patient.site();
  }

  /** Whether the image is blurred and noisy, as those of one site may be. */
  boolean degraded() {
    return config.degraded().filter(site()::equals).isPresent();
  }

  /** The patient's age in years. */
  public int age() {
    return patient.age();
  }

  /** The patient's sex. */
  public Sex sex() {
    return patient.sex();
  }

  /** What the patient carries in the chest. */
  public Device device() {
    return patient.device();
  }

  /** The burned-in letters. */
  public Optional<String> overlayText() {
    return overlay.map(Overlay::text);
  }

  /** The caption that mentions everything, always worded the same way. */
  public String caption() {
    return Captions.canonical(this);
  }

  /** The k-th of endlessly many captions; wording, order and what is mentioned vary. */
  public String paraphrase(int k) {
    return Captions.paraphrase(this, captionDraw(k));
  }

  /**
   * The first paraphrase with a finding of a class that is not shown in place of the first; as with
   * questions, the class named says nothing about whether it is there.
   */
  public String foil() {
    Draw draw = stream("foil");
    FindingClass absent = FoilTable.UNIFORM_FINDINGS.foil(finding().findingClass(), draw);
    while (shows(absent)) {
      absent = FoilTable.UNIFORM_FINDINGS.foil(finding().findingClass(), draw);
    }
    FindingClass named = absent;
    List<Finding> possible =
        Arrays.stream(Finding.values()).filter(other -> other.findingClass() == named).toList();
    return Captions.foil(this, captionDraw(0), draw.pick(possible), severity, draw);
  }

  private boolean shows(FindingClass asked) {
    return findings.stream().anyMatch(found -> found.findingClass() == asked);
  }

  private Draw captionDraw(int k) {
    return new Draw(seed.derive("caption").derive(k));
  }

  /** Different captions of this phantom, {@code count} of them. */
  public List<String> paraphrases(int count) {
    return Captions.distinct(this, count);
  }

  /** The question that goes with the sample; its category is drawn. */
  public Question question() {
    return Questions.any(this, config.cue());
  }

  /** A question of a given category; empty if it makes no sense for the normal radiograph. */
  public Optional<Question> question(QuestionCategory category) {
    return Questions.of(this, category, config.cue());
  }

  /** Draws the image: gray as RGB, {@code size x size}. */
  public RgbImage image() {
    byte[] gray = Exposure.develop(this, ThoraxDrawing.densities(this));
    overlay.ifPresent(text -> text.burn(gray, size()));
    return Exposure.rgb(size(), gray);
  }

  /** White where the finding is, black elsewhere; all black for the normal radiograph. */
  public RgbImage lesionMask() {
    float[] coverage = ThoraxDrawing.lesionCoverage(this).values;
    byte[] gray = new byte[coverage.length];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = coverage[i] > 0.3f ? (byte) 255 : 0;
    }
    return Exposure.rgb(size(), gray);
  }

  /** White where text is burned in; all black without. */
  public RgbImage overlayMask() {
    byte[] gray = new byte[size() * size()];
    overlay.ifPresent(text -> text.box(gray, size(), (byte) 255));
    return Exposure.rgb(size(), gray);
  }

  /** The sample: regions {@code lesion} unless normal, and {@code overlay} if text is burned in. */
  public Sample toSample() {
    Question question = question();
    SampleBuilder sample =
        new SampleBuilder(id(), new Drawing("image", this::image))
            .question(
                question.text(),
                Optional.of(question.answer()),
                Optional.of(question.category().term()))
            .text(Optional.of(paraphrase(0)))
            .foil(Optional.of(foil()))
            .patient(Optional.of(patientId()))
            .split(Optional.of(split()))
            .findings(labels());
    attributes().forEach((name, value) -> sample.attribute(name, Optional.of(value)));
    if (!isNormal()) {
      sample.region("lesion", new Drawing("lesion", this::lesionMask));
    }
    if (overlay.isPresent()) {
      sample.region("overlay", new Drawing("overlay", this::overlayMask));
    }
    return sample.build();
  }

  /** The findings as labels; with a sentence each where a report has a sentence for each. */
  private List<ImageFinding> labels() {
    return findings.stream()
        .map(
            finding ->
                new ImageFinding(
                    finding.findingClass().term(),
                    finding == Finding.NORMAL ? List.of() : List.of(finding.concept()),
                    config.findings() == FindingMix.UNIFORM
                        ? Optional.empty()
                        : Optional.of(Captions.sentence(this, finding)),
                    List.of()))
        .toList();
  }

  /** Patient and acquisition attributes by name. */
  public Map<String, String> attributes() {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("age", Integer.toString(age()));
    attributes.put("sex", sex().code());
    attributes.put("site", site().name());
    attributes.put("scanner", scanner.term());
    attributes.put("view", view.code());
    attributes.put("device", device().term());
    severity().ifPresent(grade -> attributes.put("severity", grade.term()));
    overlayText().ifPresent(text -> attributes.put("overlay", text));
    return attributes;
  }

  /**
   * An image that is drawn when read; its hash is that of the instructions, which fix the pixels.
   */
  private final class Drawing implements ImageSource {
    private final String part;
    private final Supplier<RgbImage> drawing;

    Drawing(String part, Supplier<RgbImage> drawing) {
      this.part = part;
      this.drawing = drawing;
    }

    @Override
    public String name() {
      return part.equals("image") ? id() : id() + " " + part;
    }

    @Override
    public RgbImage read() {
      return drawing.get();
    }

    @Override
    public ContentHash hash() {
      List<String> parts = new ArrayList<>(List.of(VERSION, part));
      parts.addAll(config.identity());
      parts.add(Integer.toString(index));
      return ContentHash.of(parts.toArray(String[]::new));
    }
  }
}
