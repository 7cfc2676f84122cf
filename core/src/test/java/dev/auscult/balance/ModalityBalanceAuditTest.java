package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.Sample;
import dev.auscult.image.RgbImage;
import dev.auscult.shapley.Attribution;
import dev.auscult.shapley.BilinearGame;
import dev.auscult.shapley.ExactShapley;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ModalityBalanceAuditTest {
  private static final BalanceConfig ISA = BalanceConfig.faithful(AuditTask.ISA, new Seed(1));
  private static final BalanceConfig VQA = BalanceConfig.faithful(AuditTask.VQA, new Seed(1));

  private static CollectingSink audit(BalanceConfig config, ToyData data) {
    CollectingSink sink = new CollectingSink();
    new ModalityBalanceAudit(new ToyDualEncoder(), config, data).run(sink, Progress.NONE);
    return sink;
  }

  @Test
  void convergesToTheExactShapleyValuesOfTheMaskedModel() {
    ToyDualEncoder encoder = new ToyDualEncoder();
    ToyData data = ToyData.captions(1);
    Sample sample = data.samples().get(0);
    BilinearGame game =
        new BilinearGame(
            EncoderPasses.images(encoder, () -> {})
                .open(ToyInputs.image(encoder, sample, ISA.masking()))
                .side(),
            EncoderPasses.texts(encoder, () -> {})
                .open(ToyInputs.text(encoder, sample, ISA.masking()))
                .side(),
            encoder.logitScale());
    Attribution exact = new ExactShapley().attribute(game);

    SampleBalance balance = audit(ISA.withBudget(PassBudget.of(20_000)), data).get("c0");

    List<Double> phi = new ArrayList<>(balance.image().phi());
    phi.addAll(balance.text().phi());
    List<Double> se = new ArrayList<>(balance.image().se());
    se.addAll(balance.text().se());
    for (int player = 0; player < game.players(); player++) {
      assertThat(phi.get(player)).isCloseTo(exact.value(player), within(5 * se.get(player) + 1e-9));
      assertThat(se.get(player)).isLessThan(0.02 * encoder.logitScale());
    }
    assertThat(balance.score()).isCloseTo(exact.fullValue(), within(1e-12));
    assertThat(balance.scores().empty()).isCloseTo(exact.emptyValue(), within(1e-12));
    double sum = phi.stream().mapToDouble(v -> v).sum();
    assertThat(sum).isCloseTo(exact.fullValue() - exact.emptyValue(), within(1e-10));
    assertThat(balance.scores().textShapley() + balance.scores().imageShapley())
        .isCloseTo(sum, within(1e-10));
  }

  @Test
  void dividesTheScoreAsMmShapDoes() {
    SampleBalance balance = audit(ISA, ToyData.captions(1)).get("c0");

    double text = balance.text().phi().stream().mapToDouble(Math::abs).sum();
    double image = balance.image().phi().stream().mapToDouble(Math::abs).sum();
    ModalityShare share = balance.share().orElseThrow();
    assertThat(share.tscore()).isCloseTo(text / (text + image), within(1e-15));
    assertThat(share.iscore()).isCloseTo(image / (text + image), within(1e-15));
    assertThat(share.delta()).isCloseTo((text - image) / (text + image), within(1e-15));
    assertThat(share.deltaSe()).isPositive();
    assertThat(balance.image().rows()).isEqualTo(3);
    assertThat(balance.image().columns()).isEqualTo(3);
  }

  @Test
  void masksPatchesWithZerosAndTokensWithTheMaskWhereTheTextIsRead() {
    ToyDualEncoder encoder = new ToyDualEncoder();

    new ModalityBalanceAudit(encoder, ISA, ToyData.captions(1))
        .run(new CollectingSink(), Progress.NONE);

    float[] nobody = encoder.pixelsSeen.get(0);
    float[] everybody = encoder.pixelsSeen.get(1);
    float[] one = encoder.pixelsSeen.get(2);
    assertThat(nobody).containsOnly(0);
    List<Integer> kept = new ArrayList<>();
    for (int patch = 0; patch < 9; patch++) {
      int zeros = 0;
      for (int at = 0; at < one.length; at++) {
        if (at / 12 % 12 / 4 * 3 + at % 12 / 4 == patch) {
          assertThat(one[at]).isIn(0f, everybody[at]);
          zeros += one[at] == 0 ? 1 : 0;
        }
      }
      if (zeros < 48) {
        kept.add(patch);
      }
    }
    assertThat(kept).as("patches of a coalition of one").hasSize(1);

    int[] full = encoder.idsSeen.get(1);
    int[] empty = encoder.idsSeen.get(0);
    assertThat(empty[0]).isEqualTo(ToyDualEncoder.BEGIN);
    assertThat(empty[empty.length - 1]).isEqualTo(ToyDualEncoder.END);
    assertThat(Arrays.copyOfRange(empty, 1, empty.length - 1)).containsOnly(ToyDualEncoder.MASK);
    assertThat(full).doesNotContain(ToyDualEncoder.MASK);
    assertThat(encoder.pooledSeen.get(0)).containsOnly(full.length - 1);
  }

  @Test
  void letsOnlyRealTokensPlay() {
    SampleBalance balance = audit(ISA, ToyData.captions(1)).get("c0");

    assertThat(balance.text().tokens())
        .containsExactly(
            "chest", "radiograph", "with", "effusion", "on", "the", "left", ",", "image", "0");
  }

  @Test
  void selectsTheCandidateThatFitsBestAndLetsTheQuestionPlay() {
    ToyDualEncoder encoder = new ToyDualEncoder();
    ToyData data = ToyData.questions(5);

    CollectingSink sink = audit(VQA, data);

    for (Sample sample : data.samples()) {
      List<String> candidates =
          sample.category().orElseThrow().equals("side")
              ? List.of("both sides", "left", "right")
              : List.of("atelectasis", "cardiomegaly", "consolidation", "effusion", "no finding");
      String best = "";
      double bestScore = Double.NEGATIVE_INFINITY;
      var image = encoder.encodeImages(encoder.imageTransform().apply(sample.image().read()));
      for (String candidate : candidates) {
        String text = "Question: " + sample.question().orElseThrow() + " Answer: " + candidate;
        double score =
            image.dot(
                0, encoder.encodeTexts(new int[][] {encoder.tokenizer().encode(text).ids()}), 0);
        if (score > bestScore) {
          bestScore = score;
          best = candidate;
        }
        if (candidate.equals(QuestionText.normalised(sample.answer().orElseThrow()))) {
          assertThat(sink.get(sample.id()).score()).isCloseTo(20 * score, within(1e-12));
        }
      }
      AnswerChoice choice = sink.get(sample.id()).choice().orElseThrow();
      assertThat(choice.predicted()).isEqualTo(best);
      assertThat(choice.answer()).isIn(candidates);
      assertThat(choice.correct()).isEqualTo(choice.answer().equals(best));
    }
    assertThat(sink.get("q0a").text().tokens()).containsExactly("what", "is", "seen", "?");
  }

  @Test
  void attributesThePredictedAnswerAndLetsItPlayWhenAsked() {
    BalanceConfig config =
        VQA.withSelection(
            new AnswerSelection(
                new AnswerSelection.Given(List.of("Effusion", "no finding")),
                AnswerSelection.Target.PREDICTED,
                AnswerSelection.AnswerTokens.PLAYERS));

    CollectingSink sink = audit(config, ToyData.questions(4));

    for (SampleBalance balance : sink.balances.values()) {
      String predicted = balance.choice().orElseThrow().predicted();
      List<String> tokens = balance.text().tokens();
      assertThat(predicted).isIn("effusion", "no finding");
      assertThat(String.join(" ", tokens)).endsWith(predicted);
      assertThat(tokens).doesNotContain("Question", "Answer", ":");
    }
  }

  @Test
  void countsExactlyThePassesThatItSpends() {
    for (BalanceConfig config : List.of(ISA, VQA)) {
      ToyDualEncoder encoder = new ToyDualEncoder();
      ToyData data = config.task() == AuditTask.ISA ? ToyData.captions(7) : ToyData.questions(6);
      CollectingSink sink = new CollectingSink();

      ModalityBalance balance =
          new ModalityBalanceAudit(encoder, config, data).run(sink, Progress.NONE).balance();

      assertThat(balance.cost().encoderPasses()).isEqualTo(encoder.images + encoder.texts);
      assertThat(sink.balances.values().stream().mapToLong(SampleBalance::passes).sum())
          .isEqualTo(encoder.images + encoder.texts);
      if (config.task() == AuditTask.VQA) {
        assertThat(encoder.images)
            .as("one image serves three questions")
            .isBetween(6L * (8 * 8 + 2 - 40), 6L * (8 * 8 + 2));
      }
    }
  }

  @Test
  void givesASampleTheSameValuesWhateverTheOrderOfTheData() {
    for (BalanceConfig config : List.of(ISA, VQA)) {
      ToyData data = config.task() == AuditTask.ISA ? ToyData.captions(6) : ToyData.questions(6);

      CollectingSink inOrder = audit(config, data);
      CollectingSink shuffled = audit(config, data.shuffled());

      for (SampleBalance balance : inOrder.balances.values()) {
        SampleBalance other = shuffled.get(balance.id());
        assertThat(other.image()).isEqualTo(balance.image());
        assertThat(other.text()).isEqualTo(balance.text());
        assertThat(other.share()).isEqualTo(balance.share());
      }
    }
  }

  @Test
  void choosesSamplesByTheirIdsAndTheSeedOnly() {
    ToyData data = ToyData.captions(40);

    List<String> ten = ids(ISA.withSamples(OptionalInt.of(10)), data);
    List<String> twenty = ids(ISA.withSamples(OptionalInt.of(20)), data);
    List<String> shuffled = ids(ISA.withSamples(OptionalInt.of(10)), data.shuffled());
    List<String> otherSeed =
        ids(
            BalanceConfig.faithful(AuditTask.ISA, new Seed(2)).withSamples(OptionalInt.of(10)),
            data);

    assertThat(ten).hasSize(10);
    assertThat(twenty).hasSize(20).containsAll(ten);
    assertThat(shuffled).containsExactlyInAnyOrderElementsOf(ten);
    assertThat(otherSeed).isNotEqualTo(ten);
    assertThat(ids(ISA.withSamples(OptionalInt.of(100)), data)).hasSize(40);
  }

  private static List<String> ids(BalanceConfig config, ToyData data) {
    return new ModalityBalanceAudit(new ToyDualEncoder(), config, data)
        .samples().stream().map(Sample::id).toList();
  }

  @Test
  void skipsAndListsWhatCannotBeAudited() {
    ToyData data =
        ToyData.captions(3)
            .with(
                ToyData.sample(
                    "broken",
                    new ToyData.BrokenImage("x.png"),
                    Optional.of("a text"),
                    "p",
                    null,
                    null,
                    null))
            .with(
                ToyData.sample(
                    "mute", new ToyData.RandomImage(9), Optional.of("  "), "p", null, null, null));
    CollectingSink sink = new CollectingSink();

    var outcome =
        new ModalityBalanceAudit(new ToyDualEncoder(), ISA, data).run(sink, Progress.NONE);

    assertThat(sink.balances.keySet()).containsExactly("c0", "c1", "c2");
    assertThat(outcome.balance().n()).isEqualTo(3);
    assertThat(outcome.skipped())
        .containsExactly(
            new Skipped("mute", "no text"),
            new Skipped("broken", "x.png: found no image; expected a PNG or JPEG; replace it"));
  }

  @Test
  void skipsQuestionsThatLeaveNoRoomForAnAnswer() {
    String long30 = "why ".repeat(30);
    ToyData data =
        ToyData.questions(1)
            .with(
                ToyData.sample(
                    "long", new ToyData.RandomImage(1), Optional.empty(), "p", long30, "yes", "x"));

    var outcome =
        new ModalityBalanceAudit(new ToyDualEncoder(), VQA, data)
            .run(new CollectingSink(), Progress.NONE);

    assertThat(outcome.skipped())
        .containsExactly(
            new Skipped("long", "its question leaves no room for an answer in 24 tokens"));
  }

  @Test
  void countsTextsThatLostTheirEnd() {
    ToyData data =
        ToyData.captions(2)
            .with(
                ToyData.sample(
                    "long",
                    new ToyData.RandomImage(7),
                    Optional.of("word ".repeat(50)),
                    "p",
                    null,
                    null,
                    null));
    CollectingSink sink = new CollectingSink();

    var outcome =
        new ModalityBalanceAudit(new ToyDualEncoder(), ISA, data).run(sink, Progress.NONE);

    assertThat(outcome.truncated()).isEqualTo(1);
    assertThat(sink.get("long").text().tokens()).hasSize(22);
  }

  @Test
  void saysWhichTaskTheDataSuits() {
    assertThatThrownBy(() -> audit(VQA, ToyData.captions(2)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "toy-data: found none of 2 samples fit (c0: no question); expected images with questions"
                + " and answers for --task vqa; use --task isa, or data with them");
    assertThatThrownBy(() -> audit(ISA, ToyData.questions(2)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--task vqa");
  }

  @Test
  void refusesMasksThatTheModelCannotApplyBeforeAnyPass() {
    assertThatThrownBy(() -> Preset.named("fast"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("[faithful, mm-shap-2023, paper-2026]");
    assertThatThrownBy(
            () ->
                audit(
                    ISA.withMasking(ISA.masking().with(Masking.ImageMask.DROP)),
                    ToyData.captions(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--image-mask drop: found toy, whose image encoder cannot");
    assertThatThrownBy(
            () ->
                audit(
                    ISA.withMasking(ISA.masking().with(Masking.TextMask.DROP)),
                    ToyData.captions(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--text-mask drop: found toy, whose text encoder cannot");
  }

  @Test
  void callsAShareUndefinedWhereNothingContributes() {
    ToyDualEncoder constant =
        new ToyDualEncoder() {
          @Override
          public dev.auscult.tensor.FloatMatrix encodeTexts(int[][] ids, int[] pooled) {
            float[] zeros = new float[ids.length * dimension()];
            return new dev.auscult.tensor.FloatMatrix(ids.length, dimension(), zeros);
          }
        };
    CollectingSink sink = new CollectingSink();

    ModalityBalance balance =
        new ModalityBalanceAudit(constant, ISA, ToyData.captions(3))
            .run(sink, Progress.NONE)
            .balance();

    assertThat(sink.get("c0").share()).isEmpty();
    assertThat(balance.n()).isZero();
    assertThat(balance.undefined()).isEqualTo(3);
    assertThat(balance.tscore().value()).isNaN();
    assertThat(balance.toJson().get("balanced_0_1")).isNull();
  }

  @Test
  void keepsNoMoreOfManySamplesThanOfFew() {
    List<WeakReference<Object>> handedOut = new ArrayList<>();
    ToyData few = ToyData.captions(400);
    ToyData watched =
        new ToyData(
            few.samples().stream()
                .map(
                    sample ->
                        ToyData.sample(
                            sample.id(),
                            new WatchedImage(sample.image(), handedOut),
                            sample.text(),
                            "p",
                            null,
                            null,
                            null))
                .toList());
    int[] seen = new int[1];
    BalanceSink forgetful =
        new BalanceSink() {
          @Override
          public Optional<SampleFigures> finished(String id) {
            return Optional.empty();
          }

          @Override
          public void accept(SampleBalance balance) {
            handedOut.add(new WeakReference<>(balance.image()));
            handedOut.add(new WeakReference<>(balance.text()));
            if (++seen[0] == 400) {
              System.gc();
            }
          }
        };

    new ModalityBalanceAudit(new ToyDualEncoder(), ISA, watched).run(forgetful, Progress.NONE);

    long alive = handedOut.stream().filter(reference -> reference.get() != null).count();
    assertThat(handedOut).hasSize(3 * 400);
    assertThat(alive).as("images and contributions still held at the last sample").isLessThan(10);
  }

  private record WatchedImage(
      dev.auscult.data.ImageSource image, List<WeakReference<Object>> handedOut)
      implements dev.auscult.data.ImageSource {
    @Override
    public String name() {
      return image.name();
    }

    @Override
    public RgbImage read() {
      RgbImage pixels = image.read();
      handedOut.add(new WeakReference<>(pixels));
      return pixels;
    }

    @Override
    public dev.auscult.base.ContentHash hash() {
      return image.hash();
    }
  }
}
