package dev.auscult.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.InputException;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies that are read from the file against views of its mapping. */
class FileBytesTest {
  /** Two pieces of {@link dev.auscult.tensor.TensorInput} and a rest. */
  private static final int MANY = (2 << 20) + 77;

  private final Path file;

  FileBytesTest(@TempDir Path folder) {
    this.file = folder.resolve("weights.safetensors");
  }

  private StoredTensor written(int count) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-2, 2);
    }
    new SafetensorsWriter()
        .addFloats("before", List.of(3L), new float[] {1, 2, 3})
        .addFloats("t", List.of((long) count), values)
        .write(file);
    return Weights.open(file).get("t");
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16", "FLOAT64"})
  void copiesAreWhatTheEngineMakesOfTheMapping(DType dtype) throws IOException {
    StoredTensor tensor = written(MANY);
    try (Scope scope = Scope.inference()) {
      assertThat(tensor.copy(dtype).toFloats()).isEqualTo(tensor.view().to(dtype).toFloats());
      assertThat(tensor.copy(dtype).dtype()).isEqualTo(dtype);
    }
  }

  @Test
  void copiesPartsAndOtherShapes() throws IOException {
    StoredTensor matrix = written(12).reshape(3, 4);
    try (Scope scope = Scope.inference()) {
      for (StoredTensor form :
          List.of(matrix, matrix.narrow(0, 1, 2), matrix.narrow(1, 1, 2), matrix.transpose())) {
        assertThat(form.copy(DType.FLOAT32).shape()).isEqualTo(form.view().shape());
        assertThat(form.copy(DType.FLOAT32).toFloats())
            .containsExactly(form.view().toFloats(), within(0f));
      }
    }
  }

  @Test
  void refusesAFileThatIsNoLongerWhatWasOpened() throws IOException {
    StoredTensor tensor = written(12);
    Files.write(file, new byte[8]);
    try (Scope scope = Scope.inference()) {
      assertThatThrownBy(() -> tensor.copy(DType.BFLOAT16))
          .isInstanceOf(InputException.class)
          .hasMessageContainingAll("weights.safetensors", "written to while it was loaded");
    }
  }
}
