package dev.auscult.data.phantom;

import dev.auscult.base.ContentHash;
import dev.auscult.data.Dataset;
import dev.auscult.data.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Symptom sketches as a data set: the truth is computed at once, each drawing when it is read. */
public final class SketchDataset implements Dataset {
  /** What users write after {@code --data}. */
  public static final String NAME = "sketches";

  private final SketchConfig config;
  private final List<Sample> samples;

  /** The sketches 0 to n-1 of a configuration. */
  public SketchDataset(SketchConfig config) {
    this.config = config;
    this.samples =
        IntStream.range(0, config.n()).mapToObj(index -> sketch(index).toSample()).toList();
  }

  /** What is drawn. */
  public SketchConfig config() {
    return config;
  }

  /**
   * The sketch at an index with its whole truth.
   *
   * @throws IndexOutOfBoundsException unless 0 &lt;= index &lt; n
   */
  public Sketch sketch(int index) {
    return new Sketch(config, Objects.checkIndex(index, config.n()));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Sample> samples() {
    return samples;
  }

  @Override
  public List<Skipped> skipped() {
    return List.of();
  }

  @Override
  public ContentHash hash() {
    List<String> parts = new ArrayList<>(List.of(Sketch.VERSION, Integer.toString(config.n())));
    parts.addAll(config.identity());
    return ContentHash.of(parts.toArray(String[]::new));
  }
}
