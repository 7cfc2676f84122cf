package dev.auscult.pretrain;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.data.Sample;
import dev.auscult.data.phantom.PhantomConfig;
import dev.auscult.data.phantom.PhantomDataset;
import dev.auscult.pretrain.SplitAssignment.Member;
import dev.auscult.pretrain.SplitAssignment.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Opens the sources of a configuration and splits their samples. */
final class SourceReader {
  private final PretrainConfig config;
  private final List<PairedSample> samples = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private final List<PretrainResult.Skipped> skipped = new ArrayList<>();
  private final Map<String, String> hashes = new LinkedHashMap<>();

  private SourceReader(PretrainConfig config) {
    this.config = config;
  }

  /**
   * Reads descriptions and hashes images; decodes none.
   *
   * @throws InputException if a source cannot be opened, or nothing is left to train on
   */
  static TrainingSet read(PretrainConfig config) {
    SourceReader reader = new SourceReader(config);
    for (int source = 0; source < config.data().size(); source++) {
      reader.add(source, config.data().get(source));
    }
    return reader.split();
  }

  private void add(int number, DataSource source) {
    Dataset dataset = open(source);
    String name = "data[%d]".formatted(number);
    hashes.put(name + ".hash", dataset.hash().hex());
    dataset
        .skipped()
        .forEach(
            left -> skipped.add(new PretrainResult.Skipped(name + " " + left.id(), left.reason())));
    List<Sample> all = dataset.samples();
    int limit =
        source instanceof DataSource.Named named && named.limit() > 0
            ? Math.min(named.limit(), all.size())
            : all.size();
    List<Sample> wanted = all.subList(0, limit);
    if (matchesByLabels()) {
      requireLabels(name, source, wanted);
    }
    wanted.forEach(sample -> add(number, source, name, sample));
  }

  private boolean matchesByLabels() {
    return config.training().loss() == TrainingLoss.SEMANTIC_MATCHING;
  }

  /** Without any label an image would pass for one without findings. */
  private static void requireLabels(String name, DataSource source, List<Sample> samples) {
    if (samples.stream().allMatch(sample -> sample.findings().isEmpty())) {
      throw new InputException(
          "%s, %s".formatted(name, source.describe()),
          "%d samples without labels".formatted(samples.size()),
          "labels to match images and texts by",
          "leave the source out, or set training.loss to info-nce");
    }
  }

  private static Dataset open(DataSource source) {
    if (source instanceof DataSource.Phantoms phantoms) {
      return new PhantomDataset(
          new PhantomConfig(
              phantoms.samples(),
              new Seed(phantoms.seed()),
              phantoms.size(),
              phantoms.overlay(),
              phantoms.cue()));
    }
    return Datasets.open(((DataSource.Named) source).name());
  }

  private void add(int number, DataSource source, String name, Sample sample) {
    String id = name + " " + sample.id();
    Optional<QuestionAnswer> question =
        source.texts().questions() && !matchesByLabels()
            ? question(name, sample)
            : Optional.empty();
    Optional<String> caption = source.texts().captions() ? sample.text() : Optional.empty();
    if (caption.isEmpty() && question.isEmpty() && !matchesByLabels()) {
      skipped.add(
          new PretrainResult.Skipped(id, "no text of the kind \"" + source.texts().term() + "\""));
      return;
    }
    try {
      ContentHash image = sample.image().hash();
      List<String> keys = new ArrayList<>();
      keys.add("image " + image.hex());
      sample.patient().ifPresent(patient -> keys.add(scope(source) + " patient " + patient));
      members.add(new Member(number, keys, sample.split().map(SourceReader::splitNamed)));
      samples.add(
          new PairedSample(
              id, sample.image(), image, caption, question, label(sample), sample.findings()));
    } catch (InputException e) {
      skipped.add(new PretrainResult.Skipped(id, String.valueOf(e.getMessage())));
    }
  }

  /** Within what a patient's id means one patient: overlays and cues change no patient. */
  private static String scope(DataSource source) {
    return source instanceof DataSource.Phantoms phantoms
        ? "phantom " + phantoms.seed()
        : ((DataSource.Named) source).name();
  }

  private static Optional<QuestionAnswer> question(String source, Sample sample) {
    String category = source + " " + sample.category().orElse("");
    return sample
        .question()
        .flatMap(
            question ->
                sample.answer().map(answer -> new QuestionAnswer(category, question, answer)));
  }

  private static Optional<String> label(Sample sample) {
    return sample
        .label()
        .map(label -> sample.concept().map(concept -> label + " " + concept).orElse(label));
  }

  private static Split splitNamed(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "validation", "valid", "val", "dev" -> Split.VALIDATION;
      case "test" -> Split.TEST;
      default -> Split.TRAIN;
    };
  }

  private TrainingSet split() {
    List<Split> splits =
        SplitAssignment.of(
            members, config.validation().fraction(), new Seed(config.seed()).derive("split"));
    List<PairedSample> training = in(Split.TRAIN, splits);
    List<PairedSample> validation = in(Split.VALIDATION, splits);
    if (training.size() < 2) {
      throw new InputException(
          "data",
          "%d samples to train on (%d left out)".formatted(training.size(), skipped.size()),
          "at least 2 with texts",
          "check the sources and their \"texts\"");
    }
    if (matchesByLabels() && training.stream().allMatch(one -> LabelledText.of(one).isEmpty())) {
      throw new InputException(
          "data",
          "%d images to train on and no text".formatted(training.size()),
          "captions or reports to match them with",
          "add a source with texts; data[].texts must not be qa");
    }
    TreeSet<String> labels = new TreeSet<>();
    training.forEach(sample -> sample.label().ifPresent(labels::add));
    validation.forEach(sample -> sample.label().ifPresent(labels::add));
    int heldOut = splits.size() - training.size() - validation.size();
    return new TrainingSet(
        training, some(validation), heldOut, List.copyOf(labels), List.copyOf(skipped), hashes);
  }

  private List<PairedSample> in(Split split, List<Split> splits) {
    List<PairedSample> chosen = new ArrayList<>();
    for (int i = 0; i < splits.size(); i++) {
      if (splits.get(i) == split) {
        chosen.add(samples.get(i));
      }
    }
    return chosen;
  }

  /** As many validation samples as are wanted, in random order. */
  private List<PairedSample> some(List<PairedSample> validation) {
    List<PairedSample> chosen = new ArrayList<>();
    int[] order =
        Shuffle.order(validation.size(), new Seed(config.seed()).derive("validation samples"));
    for (int i = 0; i < Math.min(order.length, config.validation().samples()); i++) {
      chosen.add(validation.get(order[i]));
    }
    return chosen;
  }
}
