package dev.auscult.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.data.phantom.CueMode;
import dev.auscult.data.phantom.OverlayMode;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the shipped phantom models can do and what they rely on, measured on phantoms of a seed that
 * none was trained with. With 390 phantoms an accuracy has a standard error of at most .025.
 */
class PhantomModelsTest {
  private static final int N = 390; // each of the thirteen findings thirty times
  private static final Compute COMPUTE = new Compute(1, DType.FLOAT32, 0);

  @Test
  void theBalancedModelReadsTheAnatomyWhateverIsBurnedIn() {
    try (DualEncoder model = Models.load("phantom", COMPUTE)) {
      PhantomBenchmark benchmark = new PhantomBenchmark(model);
      double with = benchmark.zeroShot(N, OverlayMode.TRUE_LABEL);
      double without = benchmark.zeroShot(N, OverlayMode.NONE);

      assertThat(without).isGreaterThan(0.90);
      assertThat(with - without).isLessThan(0.05);
      assertThat(benchmark.zeroShot(N, OverlayMode.CONTRADICTING)).isGreaterThan(without - 0.05);
    }
  }

  @Test
  void theBalancedModelAnswersFromTheImageWhateverTheWording() {
    try (DualEncoder model = Models.load("phantom", COMPUTE)) {
      PhantomBenchmark benchmark = new PhantomBenchmark(model);
      double with = benchmark.answers(N, CueMode.PRESENT);
      double without = benchmark.answers(N, CueMode.NONE);

      assertThat(without).isGreaterThan(0.80).isGreaterThan(2 * benchmark.chance(N));
      assertThat(with - without).isLessThan(0.05);
    }
  }

  @Test
  void theBalancedModelFindsACaptionAmongTwoHundred() {
    try (DualEncoder model = Models.load("phantom", COMPUTE)) {
      assertThat(new PhantomBenchmark(model).recallAt5(200)).isGreaterThan(0.75);
    }
  }

  @Test
  void theOverlayShortcutModelIsLostWithoutTheBurnedInText() {
    try (DualEncoder model = Models.load("phantom:overlay-shortcut", COMPUTE)) {
      PhantomBenchmark benchmark = new PhantomBenchmark(model);
      double with = benchmark.zeroShot(N, OverlayMode.TRUE_LABEL);
      double without = benchmark.zeroShot(N, OverlayMode.NONE);

      assertThat(with).isGreaterThan(0.90);
      assertThat(with - without).isGreaterThan(0.30);
    }
  }

  @Test
  void theTextShortcutModelIsLostWithoutTheWordingThatBetraysTheAnswer() {
    try (DualEncoder model = Models.load("phantom:text-shortcut", COMPUTE)) {
      PhantomBenchmark benchmark = new PhantomBenchmark(model);
      double with = benchmark.answers(N, CueMode.PRESENT);
      double without = benchmark.answers(N, CueMode.NONE);

      assertThat(with).isGreaterThan(0.90);
      assertThat(with - without).isGreaterThan(0.30);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"phantom", "phantom:overlay-shortcut", "phantom:text-shortcut"})
  void everyModelSaysThatItUnderstandsPhantomsOnly(String name) {
    try (DualEncoder model = Models.load(name, COMPUTE)) {
      assertThat(model.identity().notice()).isPresent();
      assertThat(model.patchGrid().count()).isEqualTo(49);
    }
  }
}
