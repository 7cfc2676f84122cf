package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.checkpoint.SafetensorsWriter;
import dev.auscult.checkpoint.StoredTensor;
import dev.auscult.checkpoint.StoredType;
import dev.auscult.checkpoint.Weights;
import dev.auscult.tensor.Compute;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every layout with one tensor of its files spoilt: the model is refused in one line, or opens
 * because that tensor is one of those that it says it ignores.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder
class DamagedModelsTest {
  private static final Path ZOO = Path.of("src/test/resources/dev/auscult/model/zoo");
  private static final int TENSORS = 3;

  /** Tables whose length is itself the size that layouts read off them. */
  private static final String SIZES =
      ".*(word|token|position|token_type)_embeddings?\\.weight|.*positional_embedding";

  @TempDir Path folder;

  /** What becomes of a tensor. */
  enum Damage {
    DROPPED {
      @Override
      void write(SafetensorsWriter writer, StoredTensor tensor) {}
    },
    RENAMED {
      @Override
      void write(SafetensorsWriter writer, StoredTensor tensor) {
        put(writer, tensor.name() + "_", tensor.shape(), tensor);
      }
    },
    EMPTY {
      @Override
      void write(SafetensorsWriter writer, StoredTensor tensor) {
        put(writer, tensor.name(), List.of(0L), tensor);
      }
    },
    LONGER {
      @Override
      void write(SafetensorsWriter writer, StoredTensor tensor) {
        List<Long> shape = new ArrayList<>(tensor.shape());
        if (shape.isEmpty()) {
          shape.add(2L);
        } else {
          shape.set(0, 2 * shape.get(0));
        }
        put(writer, tensor.name(), shape, tensor);
      }
    },
    OF_MORE_DIMENSIONS {
      @Override
      void write(SafetensorsWriter writer, StoredTensor tensor) {
        List<Long> shape = new ArrayList<>(tensor.shape());
        shape.add(2L);
        put(writer, tensor.name(), shape, tensor);
      }
    };

    abstract void write(SafetensorsWriter writer, StoredTensor tensor);

    /** As many of the tensor's bytes as the shape takes, over and over. */
    static void put(SafetensorsWriter writer, String name, List<Long> shape, StoredTensor tensor) {
      long count = shape.stream().reduce(1L, Math::multiplyExact);
      StoredType type = tensor.type();
      ByteBuffer source = tensor.bytes();
      byte[] bytes = new byte[Math.toIntExact(count * type.bytes())];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = source.get(i % source.limit());
      }
      writer.add(name, type, shape, out -> out.write(bytes));
    }
  }

  static Stream<String> models() throws IOException {
    try (Stream<Path> cases = Files.list(ZOO)) {
      return cases
          .filter(path -> Files.isDirectory(path.resolve("model")))
          .map(path -> path.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void opensWholeOrNotAtAll(String name) throws IOException {
    Set<String> ignored = new HashSet<>();
    copy(ZOO.resolve(name).resolve("model"));
    try (VisionEncoder whole = open()) {
      ignored.addAll(whole.architecture().orElseThrow().ignored());
    }
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (Path file : weightFiles()) {
      Path original = Files.copy(file, folder.resolve("original"));
      Weights weights = Weights.open(original);
      for (String tensor : chosen(weights, random)) {
        for (Damage damage : Damage.values()) {
          write(file, weights, tensor, damage);
          assertRefused(damage + " " + tensor, tensor, ignored);
        }
      }
      Files.move(original, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Some by chance, and one that holds several of the architecture's. */
  private static Set<String> chosen(Weights weights, SplittableRandom random) {
    List<String> names = weights.names().stream().sorted().toList();
    Set<String> chosen = new LinkedHashSet<>();
    names.stream()
        .filter(each -> each.contains("in_proj_weight"))
        .findFirst()
        .ifPresent(chosen::add);
    while (chosen.size() < Math.min(TENSORS, names.size())) {
      chosen.add(names.get(random.nextInt(names.size())));
    }
    return chosen;
  }

  private void assertRefused(String what, String tensor, Set<String> ignored) {
    Throwable thrown = catchThrowable(() -> open().close());
    boolean another = what.startsWith("LONGER") && tensor.matches(SIZES);
    if (thrown == null && !another) {
      assertThat(ignored).as(what).contains(tensor);
    } else if (!another) {
      assertThat(thrown).as(what).isInstanceOf(InputException.class);
      assertThat(thrown.getMessage()).as(what).doesNotContain("\n").contains(folder.toString());
    }
  }

  /** In a file beside it that takes its place, since the old one is still mapped. */
  private void write(Path file, Weights weights, String spoilt, Damage damage) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    for (String name : weights.names()) {
      if (name.equals(spoilt)) {
        damage.write(writer, weights.get(name));
      } else {
        writer.addStored(weights.get(name));
      }
    }
    Path fresh = folder.resolve("fresh");
    writer.write(fresh);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private List<Path> weightFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(bin|pt|pth|tar|safetensors)"))
          .sorted()
          .toList();
    }
  }

  private void copy(Path from) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  private VisionEncoder open() {
    return Models.loadVision(folder.toString(), Compute.standard(), Progress.NONE);
  }
}
