package dev.auscult.cli;

import dev.auscult.base.Seed;
import dev.auscult.base.UsageException;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.data.Sample;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A data set, one of its splits, some of its samples. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DataOptions {
  @Option(names = "--data", required = true, paramLabel = "D", description = "The data set.")
  private String data;

  @Option(
      names = "--split",
      paramLabel = "S",
      description = "Take the samples of one published split: train, validation or test.")
  private @Nullable String split;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Take N samples, chosen by the seed (default: all).")
  private @Nullable Integer samples;

  /** Adds the choices to a run. */
  void describe(Run run) {
    run.with("data", data).with("split", split).with("samples", samples);
  }

  /**
   * The data set, or its split.
   *
   * @throws dev.auscult.base.InputException if it cannot be opened, or {@code --samples} is none
   */
  Dataset open() {
    if (samples != null) {
      UsageException.requireAtLeast("--samples", samples, 1);
    }
    Dataset all = Datasets.open(data);
    return split == null ? all : Datasets.split(all, split);
  }

  /**
   * The samples asked for; all of them without {@code --samples}.
   *
   * @param fit which of them are of use
   */
  List<Sample> samples(Dataset opened, long seed, Predicate<Sample> fit) {
    if (samples == null) {
      return opened.samples();
    }
    List<Sample> useful = opened.samples().stream().filter(fit).toList();
    Set<String> ids =
        Datasets.chosen(useful.stream().map(Sample::id).toList(), samples, new Seed(seed));
    return useful.stream().filter(sample -> ids.contains(sample.id())).toList();
  }
}
