package dev.auscult.balance;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset;
import dev.auscult.data.ImageSource;
import dev.auscult.data.Sample;
import dev.auscult.image.RgbImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;

/** Small data sets of random images with captions or questions. */
record ToyData(List<Sample> samples) implements Dataset {
  private static final List<String> FINDINGS =
      List.of("effusion", "cardiomegaly", "consolidation", "atelectasis", "no finding");
  private static final List<String> SIDES = List.of("left", "right", "both sides");

  @Override
  public String name() {
    return "toy-data";
  }

  @Override
  public List<Skipped> skipped() {
    return List.of();
  }

  @Override
  public ContentHash hash() {
    return ContentHash.of(samples.stream().map(Sample::id).toArray(String[]::new));
  }

  /** Captioned images, one each, two per patient. */
  static ToyData captions(int count) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String caption =
          "chest radiograph with %s on the %s , image %d"
              .formatted(FINDINGS.get(i % 5), SIDES.get(i % 3), i);
      samples.add(
          sample("c" + i, new RandomImage(i), Optional.of(caption), "p" + i / 2, null, null, null));
    }
    return new ToyData(samples);
  }

  /** Three questions on every image, in two categories. */
  static ToyData questions(int images) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      RandomImage image = new RandomImage(i);
      String patient = "p" + i;
      samples.add(
          sample(
              "q" + i + "a",
              image,
              Optional.empty(),
              patient,
              "what is seen?",
              FINDINGS.get(i % 5).toUpperCase(java.util.Locale.ROOT) + " ",
              "finding"));
      samples.add(
          sample(
              "q" + i + "b",
              image,
              Optional.empty(),
              patient,
              "which side, in radiograph " + i + "?",
              SIDES.get(i % 3),
              "side"));
      samples.add(
          sample(
              "q" + i + "c",
              image,
              Optional.empty(),
              patient,
              "what is seen?",
              FINDINGS.get((i + 1) % 5),
              "finding"));
    }
    return new ToyData(samples);
  }

  static Sample sample(
      String id,
      ImageSource image,
      Optional<String> text,
      String patient,
      @org.jspecify.annotations.Nullable String question,
      @org.jspecify.annotations.Nullable String answer,
      @org.jspecify.annotations.Nullable String category) {
    return new Sample(
        id,
        image,
        text,
        Optional.of(patient),
        Optional.of("test"),
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(question),
        Optional.ofNullable(answer),
        Optional.ofNullable(category),
        Map.of(),
        Map.of());
  }

  /** The same samples in another order. */
  ToyData shuffled() {
    List<Sample> other = new ArrayList<>(samples);
    Collections.shuffle(other, new Random(3));
    return new ToyData(other);
  }

  /** These samples and one more. */
  ToyData with(Sample sample) {
    List<Sample> more = new ArrayList<>(samples);
    more.add(1, sample);
    return new ToyData(more);
  }

  /** Noise of its own for every number. */
  record RandomImage(int number) implements ImageSource {
    @Override
    public String name() {
      return "image " + number;
    }

    @Override
    public RgbImage read() {
      SplittableRandom random = new Seed(number).derive("pixels").random();
      byte[] rgb = new byte[3 * 12 * 12];
      random.nextBytes(rgb);
      return new RgbImage(12, 12, rgb);
    }

    @Override
    public ContentHash hash() {
      return ContentHash.of(name());
    }
  }

  /** An image that nobody can decode. */
  record BrokenImage(String name) implements ImageSource {
    @Override
    public RgbImage read() {
      throw new InputException(name, "no image", "a PNG or JPEG", "replace it");
    }

    @Override
    public ContentHash hash() {
      return ContentHash.of(name);
    }
  }
}
