package dev.auscult.data.phantom;

import dev.auscult.base.ContentHash;
import dev.auscult.data.Dataset;
import dev.auscult.data.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Phantoms as a data set: the truth is computed at once, each image when it is read. */
public final class PhantomDataset implements Dataset {
  private final PhantomConfig config;
  private final List<Sample> samples;

  /** The phantoms 0 to n-1 of a configuration. */
  public PhantomDataset(PhantomConfig config) {
    this.config = config;
    this.samples =
        IntStream.range(0, config.n()).mapToObj(index -> phantom(index).toSample()).toList();
  }

  /** What is drawn. */
  public PhantomConfig config() {
    return config;
  }

  /**
   * The phantom at an index with its whole truth.
   *
   * @throws IndexOutOfBoundsException unless 0 &lt;= index &lt; n
   */
  public Phantom phantom(int index) {
    java.util.Objects.checkIndex(index, config.n());
    return new Phantom(config, index);
  }

  @Override
  public String name() {
    return "phantom";
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
    List<String> parts = new ArrayList<>(List.of(Phantom.VERSION, Integer.toString(config.n())));
    parts.addAll(config.identity());
    parts.add(config.cue().term());
    return ContentHash.of(parts.toArray(String[]::new));
  }
}
