package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Sample;
import dev.auscult.data.SampleBuilder;
import dev.auscult.image.PixelBatch;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.shapley.Attribution;
import dev.auscult.shapley.Coalition;
import dev.auscult.shapley.CooperativeGame;
import dev.auscult.shapley.ExactShapley;
import dev.auscult.tensor.Compute;
import dev.auscult.text.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --text-mask drop} on checkpoints with BERT text encoders (conformance/zoo). */
class DroppedTokensAuditTest {
  private static final String ZOO = "src/test/resources/dev/auscult/model/zoo/";

  /** Of embeddings in float32 under scores up to the logit scale. */
  private static final double FLOAT_ROUNDING = 1e-4;

  private static final Sample SAMPLE =
      new SampleBuilder("s", new ToyData.RandomImage(3))
          .text(Optional.of("left effusion"))
          .patient(Optional.of("p"))
          .build();

  /** One image player, which is all or nothing, and tokens that are hidden from attention. */
  private record Hidden(DualEncoder encoder, PixelBatch pixels, Tokens tokens)
      implements CooperativeGame {
    private int[] ids() {
      return tokens.ids();
    }

    private List<Integer> playing() {
      return IntStream.range(0, tokens.tokens().size())
          .filter(token -> !tokens.tokens().get(token).special())
          .boxed()
          .toList();
    }

    @Override
    public int players() {
      return 1 + playing().size();
    }

    @Override
    public double[] values(List<Coalition> coalitions) {
      return coalitions.stream().mapToDouble(this::value).toArray();
    }

    private double value(Coalition present) {
      float[] values = present.contains(0) ? pixels.values() : new float[pixels.values().length];
      boolean[] hidden = new boolean[ids().length];
      for (int token = 0; token < playing().size(); token++) {
        hidden[playing().get(token)] = !present.contains(1 + token);
      }
      var image =
          encoder.encodeImages(
              new PixelBatch(1, pixels.channels(), pixels.height(), pixels.width(), values));
      return encoder.logitScale() * image.dot(0, texts(ids(), hidden), 0);
    }

    private dev.auscult.tensor.FloatMatrix texts(int[] some, boolean[] hidden) {
      return encoder.encodeTexts(
          new int[][] {some}, new int[] {encoder.pooledPosition(ids())}, new boolean[][] {hidden});
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"biomedclip", "rclip", "keep"})
  void absentTokensAreSeenByNobody(String model) {
    CollectingSink sink = new CollectingSink();
    try (DualEncoder encoder = Models.load(ZOO + model + "/model", Compute.standard())) {
      BalanceConfig config = BalanceConfig.faithful(AuditTask.ISA, new Seed(1));
      config =
          config
              .withMasking(
                  config.masking().with(Masking.TextMask.DROP).with(new ImagePlayers.Square(1)))
              .withEstimator(new Estimator.Exact());
      new ModalityBalanceAudit(encoder, config, new ToyData(List.of(SAMPLE)))
          .run(sink, Progress.NONE);

      Hidden game = game(encoder);
      Attribution expected = new ExactShapley().attribute(game);
      SampleBalance balance = sink.get("s");
      List<Double> found = new ArrayList<>(balance.image().phi());
      found.addAll(balance.text().phi());
      assertThat(found).hasSize(game.players()).hasSizeGreaterThan(2);
      for (int player = 0; player < found.size(); player++) {
        assertThat(found.get(player)).isCloseTo(expected.value(player), within(FLOAT_ROUNDING));
      }
      assertThat(balance.text().phi()).anySatisfy(phi -> assertThat(phi).isNotZero());
      assertHidden(game);
    }
  }

  private static Hidden game(DualEncoder encoder) {
    PixelBatch pixels = encoder.imageTransform().apply(SAMPLE.image().read());
    return new Hidden(encoder, pixels, encoder.tokenizer().encode(SAMPLE.text().orElseThrow()));
  }

  /** Whatever stands in a hidden place changes nothing; where it is not hidden it does. */
  private static void assertHidden(Hidden game) {
    int place = game.playing().get(0);
    int[] other = game.ids().clone();
    other[place] = game.ids()[game.playing().get(1)];
    boolean[] hidden = new boolean[other.length];
    var shown = game.texts(game.ids(), hidden).toArray();
    assertThat(game.texts(other, hidden).toArray()).isNotEqualTo(shown);
    hidden[place] = true;
    float[] expected = game.texts(game.ids(), hidden).toArray();
    float[] found = game.texts(other, hidden).toArray();
    assertThat(expected).isNotEqualTo(shown);
    for (int k = 0; k < expected.length; k++) {
      assertThat(found[k]).isCloseTo(expected[k], within(1e-6f));
    }
  }
}
