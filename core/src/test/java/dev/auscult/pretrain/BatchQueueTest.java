package dev.auscult.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.image.PixelBatch;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BatchQueueTest {

  @Test
  void handsOutBatchesInOrderAndPreparesOnlyAFewAhead() {
    AtomicInteger prepared = new AtomicInteger();
    try (BatchQueue queue = new BatchQueue(number -> counted(number, prepared), 5, 100)) {
      for (int number = 5; number < 100; number++) {
        assertThat(queue.next().samples()).containsExactly(number);
        assertThat(prepared.get()).isLessThanOrEqualTo(number - 5 + 4);
      }
      assertThat(prepared.get()).isEqualTo(95);
    }
  }

  @Test
  void passesOnWhyABatchFailed() {
    InputException failure = new InputException("a", "b", "c", "d");
    try (BatchQueue queue =
        new BatchQueue(
            number -> {
              throw failure;
            },
            0,
            1)) {
      assertThatThrownBy(queue::next).isSameAs(failure);
    }
  }

  private static Batch counted(long number, AtomicInteger prepared) {
    prepared.incrementAndGet();
    TextBatch texts = new TextBatch(List.of(), List.of(), List.of(), List.of(), List.of());
    return new Batch(
        List.of((int) number), new PixelBatch(0, 3, 0, 0, new float[0]), texts, List.of());
  }
}
