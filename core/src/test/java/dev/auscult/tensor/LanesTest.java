package dev.auscult.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {
  @AfterEach
  void oneThreadAsOtherTestsExpect() {
    new Compute(1, DType.FLOAT32, 0).apply();
  }

  @Test
  void giveResultsInTheOrderOfThePieces() {
    try (Lanes lanes = Lanes.open(3)) {
      assertThat(lanes.map(5, piece -> piece * piece)).isEqualTo(List.of(0, 1, 4, 9, 16));
    }
  }

  @Test
  void splitNoOperationBetweenThreadsAsLongAsTheyAreOpen() {
    new Compute(3, DType.FLOAT32, 0).apply();

    try (Lanes lanes = Lanes.open(2)) {
      assertThat(lanes.map(4, piece -> torch.get_num_threads())).containsOnly(1);
      assertThat(torch.get_num_threads()).isEqualTo(1);
    }

    assertThat(torch.get_num_threads()).isEqualTo(3);
  }

  @Test
  void waitForAllPiecesAndThrowWhatTheFirstOfThemThrew() {
    AtomicInteger ended = new AtomicInteger();
    try (Lanes lanes = Lanes.open(2)) {
      assertThatThrownBy(
              () ->
                  lanes.map(
                      6,
                      piece -> {
                        ended.incrementAndGet();
                        if (piece % 2 == 1) {
                          throw new IllegalArgumentException("piece " + piece);
                        }
                        return piece;
                      }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("piece 1");
    }
    assertThat(ended).hasValue(6);
  }

  @Test
  void standInsAddUpWhatTheirPiecesLeft() {
    try (Tensor parameter = Tensor.unscoped(() -> Tensor.of(new float[] {1, 2}, 1, 2));
        StandIns first = new StandIns();
        StandIns second = new StandIns()) {
      parameter.requireGradient();
      try (Scope scope = Scope.open()) {
        first.of(parameter).multiply(3).sum().backward();
        second.of(parameter).multiply(second.of(parameter)).sum().backward();

        assertThat(parameter.hasGradient()).isFalse();
        first.gradients().add();
        second.gradients().add();

        assertThat(parameter.gradient().toFloats()).containsExactly(3 + 2, 3 + 4);
      }
    }
  }
}
