package dev.auscult.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Views of a stored tensor against the engine's own, which copies where it must. */
class StoredTensorTest {

  private static StoredTensor counting(List<Long> shape) {
    StridedShape layout = StridedShape.rowMajor(shape);
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Math.toIntExact(4 * layout.count()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < layout.count(); i++) {
      bytes.putFloat(4 * i, i);
    }
    return new StoredTensor("t", StoredType.F32, layout, bytes.asReadOnlyBuffer());
  }

  private static void assertSame(StoredTensor stored, Tensor expected) {
    try (Scope scope = Scope.inference()) {
      assertThat(stored.shape())
          .containsExactlyElementsOf(Arrays.stream(expected.shape()).boxed().toList());
      if (stored.count() == 0) {
        assertThat(stored.view().elements()).isZero();
        return;
      }
      assertThat(stored.toFloats()).containsExactly(expected.toFloats());
      assertThat(stored.view().toFloats()).containsExactly(expected.toFloats());
      assertThat(stored.bytes().alignmentOffset(0, 4)).isZero();
      assertThat(stored.bytes().isReadOnly()).isTrue();
    }
  }

  @Property(tries = 200)
  void partsAreTheEnginesParts(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 4) Integer> extents,
      @ForAll @IntRange(max = 3) int dimension,
      @ForAll @IntRange(max = 4) int start,
      @ForAll @IntRange(max = 4) int length) {
    List<Long> shape = extents.stream().map(Integer::longValue).toList();
    int along = dimension % shape.size();
    long from = Math.min(start, shape.get(along));
    long count = Math.min(length, shape.get(along) - from);
    StoredTensor tensor = counting(shape);

    try (Scope scope = Scope.inference()) {
      assertSame(tensor.narrow(along, from, count), tensor.view().narrow(along, from, count));
    }
  }

  @Property(tries = 200)
  void turnedPartsReshapeAsTheEnginesDoOrRefuse(
      @ForAll @IntRange(min = 1, max = 6) int rows,
      @ForAll @IntRange(min = 1, max = 6) int columns,
      @ForAll @IntRange(min = 1, max = 6) int first,
      @ForAll boolean turned,
      @ForAll boolean single) {
    StoredTensor whole = counting(List.of((long) rows, (long) columns));
    StoredTensor tensor = turned ? whole.transpose() : whole;
    tensor = single ? tensor.narrow(0, 0, 1) : tensor;
    List<Long> wanted = new ArrayList<>(List.of(1L, (long) first, tensor.count() / first, 1L));

    try (Scope scope = Scope.inference()) {
      long[] shape = wanted.stream().mapToLong(Long::longValue).toArray();
      StoredTensor source = tensor;
      if (tensor.count() % first != 0) {
        assertThatThrownBy(() -> source.reshape(shape))
            .isInstanceOf(IllegalArgumentException.class);
        return;
      }
      Tensor expected = tensor.view().reshape(shape);
      try {
        assertSame(tensor.reshape(shape), expected);
      } catch (IllegalArgumentException refused) {
        assertThat(turned).isTrue();
      }
    }
  }

  @Example
  void reshapesAcrossDimensionsThatContinueOneAnother() {
    StoredTensor tensor = counting(List.of(4L, 2L, 3L)).narrow(0, 1, 2);

    try (Scope scope = Scope.inference()) {
      assertSame(tensor.reshape(4, 3), tensor.view().reshape(4, 3));
      assertSame(tensor.reshape(12), tensor.view().reshape(12));
    }
    StoredTensor columns = counting(List.of(4L, 6L)).narrow(1, 2, 4);
    try (Scope scope = Scope.inference()) {
      assertSame(columns.reshape(2, 2, 1, 2, 2), columns.view().reshape(2, 2, 1, 2, 2));
    }
    assertThatThrownBy(() -> columns.reshape(16)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> columns.transpose().reshape(2, 8))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Example
  void theTransposeViewsTheSameBytes() {
    StoredTensor tensor = counting(List.of(2L, 3L));

    try (Scope scope = Scope.inference()) {
      assertSame(tensor.transpose(), tensor.view().transpose(0, 1));
    }
    assertThat(tensor.transpose().strides()).containsExactly(1L, 3L);
    assertThatThrownBy(() -> tensor.reshape(6).transpose())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Example
  void refusesPartsThatAreNotThere() {
    StoredTensor tensor = counting(List.of(2L, 3L));

    assertThatThrownBy(() -> tensor.narrow(1, 2, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tensor.narrow(1, -1, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tensor.narrow(0, Long.MAX_VALUE, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tensor.narrow(2, 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
