package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.balance.AnswerSelection.AnswerTokens;
import dev.auscult.balance.AnswerSelection.Given;
import dev.auscult.balance.AnswerSelection.Target;
import dev.auscult.balance.ModalityBalanceAudit.Outcome;
import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.Sample;
import dev.auscult.data.SampleBuilder;
import dev.auscult.text.PromptTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AuditTaskTest {
  private static final List<String> FINDINGS =
      List.of("effusion", "cardiomegaly", "consolidation", "atelectasis");

  private final ToyDualEncoder encoder = new ToyDualEncoder();
  private final CollectingSink sink = new CollectingSink();

  private static BalanceConfig config(AuditTask task) {
    return BalanceConfig.faithful(task, new Seed(1));
  }

  /** Image {@code i} with a text, a foil, a label and, for odd ones, a closed question. */
  private static SampleBuilder image(int i) {
    String finding = FINDINGS.get(i % 4);
    String other = FINDINGS.get((i + 1) % 4);
    return new SampleBuilder("s" + i, new ToyData.RandomImage(i))
        .question("what is seen ?", Optional.of(i % 2 == 0 ? finding : "Yes"), Optional.of("c"))
        .text(Optional.of("image %d with %s".formatted(i / 2, finding)))
        .foil(Optional.of("image %d with %s".formatted(i / 2, other)))
        .split(Optional.of("test"))
        .label(Optional.of(i % 3 == 0 ? finding.toUpperCase(java.util.Locale.ROOT) : finding));
  }

  static ToyData images(int count) {
    return new ToyData(IntStream.range(0, count).mapToObj(i -> image(i).build()).toList());
  }

  private Outcome audit(BalanceConfig config, ToyData data) {
    return new ModalityBalanceAudit(encoder, config, data).run(sink, Progress.NONE);
  }

  private static double score(Sample sample, String text) {
    ToyDualEncoder fresh = new ToyDualEncoder();
    var image = fresh.encodeImages(fresh.imageTransform().apply(sample.image().read()));
    int[][] ids = {fresh.tokenizer().encode(text).ids()};
    return fresh.logitScale() * image.dot(0, fresh.encodeTexts(ids), 0);
  }

  private static String best(Sample sample, List<String> texts) {
    String best = texts.get(0);
    for (String text : texts) {
      best = score(sample, text) > score(sample, best) ? text : best;
    }
    return best;
  }

  @Test
  void withFoilsBothTextsAreAuditedAndTheShareOfRightPairsIsReported() {
    ToyData data = images(9);

    Outcome outcome = audit(config(AuditTask.FOIL), data);

    int right = 0;
    for (Sample sample : data.samples()) {
      double caption = score(sample, sample.text().orElseThrow());
      double foil = score(sample, sample.foil().orElseThrow());
      assertThat(sink.get(sample.id()).score()).isCloseTo(caption, within(1e-12));
      assertThat(sink.get(sample.id() + ":foil").score()).isCloseTo(foil, within(1e-12));
      right += caption > foil ? 1 : 0;
    }
    assertThat(right).isBetween(1, 8);
    assertThat(outcome.balance().accuracy().orElseThrow().value())
        .isCloseTo(right / 9.0, within(1e-15));
    assertThat(outcome.balance().n()).isEqualTo(9);
    assertThat(outcome.samples()).hasSize(9);
    ModalityBalance.Foils foils = outcome.balance().parts().foils().orElseThrow();
    double tscore =
        data.samples().stream()
            .mapToDouble(s -> sink.get(s.id() + ":foil").share().orElseThrow().tscore())
            .average()
            .orElseThrow();
    assertThat(foils.tscore().value()).isCloseTo(tscore, within(1e-12));
    assertThat(outcome.balance().toJson()).containsKeys("pairwise_accuracy", "foils");
  }

  @Test
  void anImageIsEncodedOnceForItsTextAndItsFoil() {
    audit(config(AuditTask.ISA), images(9));
    long alone = encoder.images;
    encoder.images = 0;
    sink.balances.clear();

    audit(config(AuditTask.FOIL), images(9));

    assertThat(encoder.images).isEqualTo(alone);
  }

  @Test
  void anImageIsEncodedOnceForAllItsQuestionsAndCandidates() {
    List<Sample> questions = new ArrayList<>();
    for (String id : List.of("a", "b", "c")) {
      questions.add(
          new SampleBuilder(id, new ToyData.RandomImage(1))
              .question("what is seen in " + id, Optional.of(id), Optional.of("c"))
              .build());
    }
    audit(config(AuditTask.VQA), new ToyData(questions.subList(0, 1)));
    long alone = encoder.images;
    encoder.images = 0;
    sink.balances.clear();

    audit(config(AuditTask.VQA), new ToyData(questions));

    assertThat(encoder.images).isEqualTo(alone);
  }

  @Test
  void aSampleIsChosenWithItsFoilAndLeftOutWithout() {
    List<Sample> samples = new ArrayList<>(images(12).samples());
    samples.add(image(12).foil(Optional.empty()).build());

    Outcome outcome =
        audit(config(AuditTask.FOIL).withSamples(OptionalInt.of(5)), new ToyData(samples));

    assertThat(sink.balances).hasSize(10);
    sink.balances.keySet().stream()
        .filter(id -> !FoilPairs.isFoil(id))
        .forEach(id -> assertThat(sink.balances).containsKey(id + ":foil"));
    assertThat(outcome.skipped()).containsExactly(new Skipped("s12", "no foil"));
  }

  @Test
  void idsThatLookLikeThoseOfFoilsAreRefused() {
    Sample sample = new SampleBuilder("a:foil", new ToyData.RandomImage(1)).build();

    assertThatThrownBy(() -> audit(config(AuditTask.FOIL), new ToyData(List.of(sample))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a:foil");
  }

  @Test
  void aClassIsDecidedByTheBestPromptWhoseTokensAllPlay() {
    ToyData data = images(9);
    AnswerSelection selection =
        new AnswerSelection(
            new Given(FINDINGS),
            Target.PREDICTED,
            AnswerTokens.ALWAYS_PRESENT,
            new PromptTemplate("a radiograph with {} ."));

    Outcome outcome = audit(config(AuditTask.CLASS).withSelection(selection), data);

    int right = 0;
    for (Sample sample : data.samples()) {
      List<String> prompts = FINDINGS.stream().map(f -> "a radiograph with " + f + " .").toList();
      String best = best(sample, prompts);
      AnswerChoice choice = sink.get(sample.id()).choice().orElseThrow();
      assertThat("a radiograph with " + choice.predicted() + " .").isEqualTo(best);
      assertThat(sink.get(sample.id()).score()).isCloseTo(score(sample, best), within(1e-12));
      assertThat(sink.get(sample.id()).text().tokens())
          .containsExactly("a", "radiograph", "with", choice.predicted(), ".");
      boolean correct = choice.predicted().equalsIgnoreCase(sample.label().orElseThrow());
      assertThat(choice.correct()).isEqualTo(correct);
      right += correct ? 1 : 0;
    }
    assertThat(outcome.balance().accuracy().orElseThrow().value())
        .isCloseTo(right / 9.0, within(1e-15));
  }

  @Test
  void classesAreTheLabelsOfTheDataAndOtherLabelsAreLeftOut() {
    audit(config(AuditTask.CLASS), images(4));
    assertThat(sink.get("s1").choice().orElseThrow().answer()).isEqualTo("cardiomegaly");
    assertThat(sink.get("s1").text().tokens()).containsExactly("cardiomegaly");
    sink.balances.clear();

    AnswerSelection two =
        new AnswerSelection(
            new Given(List.of("effusion", "cardiomegaly")),
            Target.CORRECT,
            AnswerTokens.ALWAYS_PRESENT);
    Outcome outcome = audit(config(AuditTask.CLASS).withSelection(two), images(3));

    assertThat(outcome.skipped())
        .containsExactly(new Skipped("s2", "its label is none of the candidates"));
  }

  @Test
  void aTextIsRankedAmongThoseOfTheOthers() {
    ToyData data = images(9);
    List<String> texts = data.samples().stream().map(s -> s.text().orElseThrow()).toList();

    Outcome outcome = audit(config(AuditTask.RETRIEVAL), data);

    int right = 0;
    for (Sample sample : data.samples()) {
      AnswerChoice choice = sink.get(sample.id()).choice().orElseThrow();
      assertThat(choice.predicted()).isEqualTo(best(sample, texts));
      assertThat(choice.answer()).isEqualTo(sample.text().orElseThrow());
      assertThat(sink.get(sample.id()).score())
          .isCloseTo(score(sample, choice.answer()), within(1e-12));
      right += choice.correct() ? 1 : 0;
    }
    assertThat(outcome.balance().accuracy().orElseThrow().value())
        .isCloseTo(right / 9.0, within(1e-15));
    assertThat(encoder.images + encoder.texts).isEqualTo(outcome.balance().cost().encoderPasses());
  }

  @Test
  void accuracyIsToldApartByOpenAndClosedQuestions() {
    ToyData data = images(8);

    ModalityBalance balance = audit(config(AuditTask.VQA), data).balance();

    assertThat(balance.parts().closed().orElseThrow().n()).isEqualTo(4);
    assertThat(balance.parts().open().orElseThrow().n()).isEqualTo(4);
    double mean =
        (balance.parts().closed().orElseThrow().value()
                + balance.parts().open().orElseThrow().value())
            / 2;
    assertThat(balance.accuracy().orElseThrow().value()).isCloseTo(mean, within(1e-15));
    Sample known = image(1).attribute("answer_type", Optional.of("OPEN")).build();
    assertThat(AnswerType.of(known)).contains(AnswerType.OPEN);
    assertThat(AnswerType.of(data.samples().get(1))).contains(AnswerType.CLOSED);
  }
}
