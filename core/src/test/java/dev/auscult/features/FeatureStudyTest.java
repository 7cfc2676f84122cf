package dev.auscult.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.data.ImageFinding;
import dev.auscult.data.Sample;
import dev.auscult.embed.Embeddings;
import dev.auscult.embed.Pixel;
import dev.auscult.features.FeatureSettings.TextUse;
import dev.auscult.features.FeatureVerdict.Outcome;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Estimate;
import dev.auscult.projection.ProjectionMethod;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What a study says of features whose truth is known. */
class FeatureStudyTest {
  private static final int DIMENSION = 6;

  private static FeatureSettings settings(int samples, int threads) {
    Bootstrap bootstrap = new Bootstrap(Bootstrap.Kind.BCA, 200, .95, new Seed(4));
    return new FeatureSettings(
        List.of(Grouping.LABEL), ProjectionMethod.PCA, samples, TextUse.PAIRED, bootstrap, threads);
  }

  private static Sample sample(int number, String label, String patient) {
    return new Sample(
        "s" + number,
        new Pixel(1, number / 256, number % 256),
        Optional.of("text " + number),
        Optional.of(patient),
        Optional.empty(),
        Optional.of(label),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of("sex", number % 2 == 0 ? "F" : "M"),
        Map.of(),
        List.<ImageFinding>of(),
        Optional.empty());
  }

  /** Classes a, b and c in turn, everybody with one image. */
  private static Dataset threeClasses(int n) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      samples.add(sample(i, List.of("a", "b", "c").get(i % 3), "p" + i));
    }
    return Datasets.of("planted", samples);
  }

  private static Embeddings vectors(FeatureData data, IntFunction<double[]> of) {
    List<String> ids = data.samples().stream().map(Sample::id).toList();
    float[] values = new float[ids.size() * DIMENSION];
    for (int i = 0; i < ids.size(); i++) {
      double[] vector = of.apply(i);
      double norm = 0;
      for (double value : vector) {
        norm += value * value;
      }
      for (int k = 0; k < DIMENSION; k++) {
        values[i * DIMENSION + k] = (float) (vector[k] / Math.sqrt(norm));
      }
    }
    return new Embeddings(ids, new FloatMatrix(ids.size(), DIMENSION, values));
  }

  private static double[] noise(SplittableRandom random) {
    return random.doubles(DIMENSION, -1, 1).toArray();
  }

  private static ModelVectors model(
      String name, ModelDomain domain, FeatureData data, IntFunction<double[]> of) {
    return new ModelVectors(name, domain, vectors(data, of), Optional.empty(), 0);
  }

  private static ModelVectors separating(FeatureData data) {
    return separating(data, 4, 1);
  }

  private static ModelVectors separating(FeatureData data, double distance, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return model(
        distance > 2 ? "sharp" : "model " + seed,
        ModelDomain.MEDICAL,
        data,
        i -> {
          double[] vector = noise(random);
          vector[i % 3] += distance;
          return vector;
        });
  }

  private static ModelVectors blind(FeatureData data) {
    SplittableRandom random = new SplittableRandom(2);
    return model("blind", ModelDomain.GENERAL, data, i -> noise(random));
  }

  private static FeatureResult study(
      FeatureSettings settings, FeatureData data, List<ModelVectors> models) {
    return FeatureResult.corrected(
        settings, new DataMeasurement(settings, data, models).measure(Progress.NONE));
  }

  @Test
  void featuresThatSeparateClassesAreFoundBetterThanThoseThatDoNot() {
    FeatureSettings settings = settings(1000, 2);
    FeatureData data = FeatureData.of("planted", threeClasses(90), settings);

    FeatureResult result = study(settings, data, List.of(separating(data), blind(data)));

    ModelFeatures sharp = result.data().get(0).models().get(0);
    ModelFeatures blind = result.data().get(0).models().get(1);
    assertThat(sharp.figure(FeatureFigure.PROBE).value()).isGreaterThan(.95);
    assertThat(sharp.figure(FeatureFigure.NEIGHBOURS).value()).isGreaterThan(.95);
    assertThat(sharp.figure(FeatureFigure.SILHOUETTE).value()).isGreaterThan(.3);
    assertThat(blind.figure(FeatureFigure.PROBE).value()).isBetween(.15, .55);
    assertThat(blind.figure(FeatureFigure.SILHOUETTE).hi()).isLessThan(.1);
    FeatureVerdict verdict = new FeatureVerdict(result);
    assertThat(verdict.pairs())
        .singleElement()
        .satisfies(pair -> assertThat(pair.outcome()).isEqualTo(Outcome.FIRST));
    assertThat(verdict.sentences())
        .anyMatch(
            s ->
                s.startsWith(
                    "On planted the features of sharp separate the images by label better"))
        .contains(
            "Medical against general: of 1 comparisons of such a pair on a data set, the medical"
                + " model is ahead in 1, the general one in 0, and neither in 0.");
  }

  @Test
  void alikeFeaturesHaveAnIntervalFarFromThatOfUnrelatedOnes() {
    FeatureSettings settings = settings(1000, 2);
    FeatureData data = FeatureData.of("planted", threeClasses(90), settings);
    SplittableRandom random = new SplittableRandom(8);
    ModelVectors sharp = separating(data);
    double[][] vectors = sharp.images(data.samples().stream().map(Sample::id).toList());
    ModelVectors noisy =
        model(
            "noisy",
            ModelDomain.UNKNOWN,
            data,
            i -> {
              double[] vector = noise(random);
              for (int k = 0; k < DIMENSION; k++) {
                vector[k] = .2 * vector[k] + vectors[i][k];
              }
              return vector;
            });

    List<Estimate> cka =
        study(settings, data, List.of(sharp, noisy, blind(data))).data().get(0).cka().get(0);

    assertThat(cka.get(1).lo()).isGreaterThan(.7).isLessThan(cka.get(1).value());
    assertThat(cka.get(1).hi()).isGreaterThan(cka.get(1).value()).isLessThanOrEqualTo(1);
    assertThat(cka.get(2).lo()).isLessThan(.02);
    assertThat(cka.get(2).hi()).isBetween(0., .2);
  }

  @Test
  void groupingsAreMeasuredEachByItselfAndWhatNeedsNoClassesIsTheSame() {
    FeatureSettings one = settings(1000, 2);
    FeatureSettings two =
        new FeatureSettings(
            List.of(Grouping.LABEL, Grouping.attribute("sex"), Grouping.attribute("site")),
            one.projection(),
            1000,
            TextUse.PAIRED,
            one.bootstrap(),
            2);
    FeatureData data = FeatureData.of("planted", threeClasses(90), two);

    FeatureResult result = study(two, data, List.of(separating(data), blind(data)));

    DataFeatures byLabel = result.data().get(0);
    DataFeatures bySex = result.data().get(1);
    assertThat(result.data()).hasSize(2);
    assertThat(bySex.description().grouping().name()).isEqualTo("sex");
    assertThat(bySex.description().notes()).contains("No image has a site.");
    assertThat(bySex.cka()).isEqualTo(byLabel.cka());
    assertThat(bySex.models().get(0).map()).isEqualTo(byLabel.models().get(0).map());
    assertThat(bySex.models().get(0).figure(FeatureFigure.UNIFORMITY))
        .isEqualTo(byLabel.models().get(0).figure(FeatureFigure.UNIFORMITY));
    assertThat(byLabel.models().get(0).figure(FeatureFigure.PROBE))
        .isEqualTo(
            study(one, data, List.of(separating(data)))
                .data()
                .get(0)
                .models()
                .get(0)
                .figure(FeatureFigure.PROBE));
    assertThat(bySex.models().get(0).figure(FeatureFigure.PROBE).value()).isBetween(.3, .7);
    FeatureVerdict verdict = new FeatureVerdict(result);
    assertThat(verdict.pairs().stream().map(FeatureVerdict.Pair::outcome))
        .containsExactly(Outcome.FIRST, Outcome.NONE_SEPARATES);
    assertThat(verdict.sentences())
        .contains(
            "On planted neither sharp nor blind separates the images by sex beyond chance: nothing"
                + " to compare.");
    assertThat(result.isFirst(byLabel)).isTrue();
    assertThat(result.isFirst(bySex)).isFalse();
  }

  /** Equally good features, drawn anew: about one run in twenty calls one better by luck. */
  @Test
  void equallyGoodFeaturesAreHardlyEverCalledDifferent() {
    FeatureSettings settings = settings(1000, 2);
    FeatureData data = FeatureData.of("planted", threeClasses(60), settings);
    List<Outcome> outcomes = new ArrayList<>();
    for (int run = 0; run < 30; run++) {
      List<ModelVectors> models =
          List.of(separating(data, 1, 2 * run), separating(data, 1, 2 * run + 1));
      outcomes.add(new FeatureVerdict(study(settings, data, models)).pairs().get(0).outcome());
    }

    assertThat(outcomes.stream().filter(of -> of != Outcome.UNCLEAR)).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void aModelIsNoBetterThanItself() {
    FeatureSettings settings = settings(1000, 1);
    FeatureData data = FeatureData.of("planted", threeClasses(60), settings);

    FeatureResult result = study(settings, data, List.of(blind(data), blind(data)));

    assertThat(result.comparisons())
        .hasSize(3)
        .allSatisfy(
            of -> {
              assertThat(of.difference().value()).isZero();
              assertThat(of.pHolm()).isEqualTo(1);
            });
    assertThat(new FeatureVerdict(result).pairs().get(0).outcome()).isEqualTo(Outcome.UNCLEAR);
    assertThat(result.data().get(0).cka().get(0).get(1).value()).isCloseTo(1, within(1e-12));
  }

  @Test
  void featuresThatKnowOnlyThePatientDoNotSeparateClasses() {
    FeatureSettings settings = settings(1000, 2);
    SplittableRandom random = new SplittableRandom(9);
    List<Sample> samples = new ArrayList<>();
    List<double[]> faces = new ArrayList<>();
    for (int i = 0; i < 160; i++) {
      int patient = i / 4;
      samples.add(sample(i, patient % 2 == 0 ? "a" : "b", "p" + patient));
      faces.add(i % 4 == 0 ? noise(random) : faces.get(i - 1));
    }
    FeatureData data = FeatureData.of("faces", Datasets.of("faces", samples), settings);

    FeatureResult result =
        study(settings, data, List.of(model("faces", ModelDomain.UNKNOWN, data, faces::get)));

    ModelFeatures found = result.data().get(0).models().get(0);
    assertThat(found.figure(FeatureFigure.NEIGHBOURS).value()).isBetween(.25, .75);
    assertThat(found.figure(FeatureFigure.PROBE).value()).isBetween(.25, .75);
    assertThat(found.figure(FeatureFigure.NEIGHBOURS).lo())
        .as("40 patients, not 160 images")
        .isLessThan(found.figure(FeatureFigure.NEIGHBOURS).value() - .08);
  }

  @Test
  void figuresDoNotDependOnThreads() {
    FeatureSettings one = settings(1000, 1);
    FeatureSettings three = settings(1000, 3);
    FeatureData data = FeatureData.of("planted", threeClasses(60), one);
    List<ModelVectors> models = List.of(separating(data), blind(data));

    assertThat(study(three, data, models).comparisons())
        .isEqualTo(study(one, data, models).comparisons());
    assertThat(study(three, data, models).data().get(0).models().get(0).figures())
        .isEqualTo(study(one, data, models).data().get(0).models().get(0).figures());
  }

  @Test
  void textsAndImagesOnOppositeSidesHaveAGap() {
    FeatureSettings settings = settings(1000, 1);
    FeatureData data = FeatureData.of("planted", threeClasses(30), settings);
    Embeddings images = vectors(data, i -> new double[] {1, 0, 0, 0, 0, i % 2 == 0 ? .1 : -.1});
    Embeddings texts = vectors(data, i -> new double[] {-1, 0, 0, 0, 0, i % 2 == 0 ? .1 : -.1});
    ModelVectors model =
        new ModelVectors("parted", ModelDomain.UNKNOWN, images, Optional.of(texts), 2);

    FeatureResult result = study(settings, data, List.of(model));

    ModelFeatures found = result.data().get(0).models().get(0);
    double across = 2 / Math.sqrt(1.01);
    assertThat(found.figure(FeatureFigure.MODALITY_GAP).value()).isCloseTo(across, within(1e-6));
    assertThat(found.figure(FeatureFigure.ALIGNMENT).value())
        .isCloseTo(across * across, within(1e-6));
    assertThat(found.figure(FeatureFigure.TEXT_UNIFORMITY).value())
        .isCloseTo(found.figure(FeatureFigure.UNIFORMITY).value(), within(1e-6));
    assertThat(result.data().get(0).description().notes())
        .contains("2 texts are longer than parted reads.");
    assertThat(new FeatureVerdict(result).sentences())
        .containsExactly("One model alone: there is nothing to compare it with.");
  }

  @Test
  void classesOfFewPatientsAreOnTheMapOnly() {
    FeatureSettings settings = settings(1000, 1);
    List<Sample> samples = new ArrayList<>(threeClasses(30).samples());
    for (int i = 30; i < 38; i++) {
      samples.add(sample(i, "rare", "p" + i % 2));
    }
    FeatureData data = FeatureData.of("uneven", Datasets.of("uneven", samples), settings);

    DataDescription found = study(settings, data, List.of(blind(data))).data().get(0).description();

    assertThat(found.images()).hasSize(38);
    assertThat(found.measured()).isEqualTo(30);
    assertThat(found.notes()).contains("Too few patients to measure (fewer than 5): rare (2).");
  }

  @Test
  void imagesThatOneModelCouldNotReadAreLeftOutForAll() {
    FeatureSettings settings = settings(1000, 1);
    FeatureData data = FeatureData.of("planted", threeClasses(30), settings);
    ModelVectors all = blind(data);
    float[] values = all.images().vectors().toArray();
    ModelVectors fewer =
        new ModelVectors(
            "fewer",
            ModelDomain.UNKNOWN,
            new Embeddings(
                all.images().ids().subList(0, 29),
                new FloatMatrix(29, DIMENSION, Arrays.copyOf(values, 29 * DIMENSION))),
            Optional.empty(),
            0);

    DataFeatures found = study(settings, data, List.of(all, fewer)).data().get(0);

    assertThat(found.description().images()).hasSize(29);
    assertThat(found.models().get(0).map().size()).isEqualTo(29);
  }

  @Test
  void aPictureCountsOnceAndNoMoreAreTakenThanAsked() {
    List<Sample> samples = new ArrayList<>(threeClasses(30).samples());
    Sample first = samples.get(0);
    samples.add(
        new Sample(
            "again",
            first.image(),
            first.text(),
            first.patient(),
            first.split(),
            first.label(),
            first.concept(),
            first.question(),
            first.answer(),
            first.category(),
            first.attributes(),
            first.regions()));

    FeatureData data =
        FeatureData.of("repeated", Datasets.of("repeated", samples), settings(20, 1));

    assertThat(data.samples()).hasSize(20);
    assertThat(data.notes())
        .containsExactly(
            "1 samples show an image that another has shown; it counts once, with the first"
                + " sample's class and text.",
            "20 of 30 images, chosen by the seed (--samples).");
  }

  @Test
  void aGroupingThatNobodyHasIsRefusedWithWhatThereIs() {
    FeatureSettings settings = settings(100, 1);
    FeatureSettings bySite =
        new FeatureSettings(
            List.of(Grouping.attribute("site")),
            settings.projection(),
            100,
            TextUse.NONE,
            settings.bootstrap(),
            1);

    assertThatThrownBy(() -> FeatureData.of("planted", threeClasses(9), bySite))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--by site")
        .hasMessageContaining("[sex]");
  }

  @Test
  void hardlyAnyImageIsRefused() {
    FeatureSettings settings = settings(100, 1);
    FeatureData data = FeatureData.of("planted", threeClasses(3), settings);

    assertThatThrownBy(() -> study(settings, data, List.of(blind(data))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("3 images that every model could read");
  }
}
