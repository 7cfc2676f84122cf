package dev.auscult.data;

import static dev.auscult.data.DatasetsTest.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.image.RgbImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that NumPy wrote (conformance/mini_datasets.py), and broken ones. */
class MedMnistTest {

  private static Dataset open(String name) {
    return Datasets.open("medmnist:" + resource("medmnist").resolve(name));
  }

  @Test
  void grayImagesHaveTheirValuesInEveryChannelAndTheClassesName() {
    Dataset data = open("pneumoniamnist.npz");

    assertThat(data.samples())
        .extracting(Sample::id)
        .containsExactly("train-0", "train-1", "train-2", "val-0", "val-1", "test-0");
    assertThat(data.samples())
        .extracting(sample -> sample.label().orElse(""))
        .containsExactly("normal", "pneumonia", "pneumonia", "normal", "pneumonia", "normal");
    assertThat(data.samples().get(3).split()).contains("validation");
    RgbImage second = data.samples().get(1).image().read();
    assertThat(second.width()).isEqualTo(6);
    assertThat(second.height()).isEqualTo(4);
    for (int channel = 0; channel < 3; channel++) {
      assertThat(second.sample(5, 3, channel)).isEqualTo((24 + 3 * 6 + 5) * 7 % 256);
    }
  }

  @Test
  void compressedColourImagesAreExpandedOnce() {
    Dataset data = open("pathmnist_64.npz");

    assertThat(data.samples())
        .extracting(sample -> sample.label().orElse(""))
        .startsWith("colorectal adenocarcinoma epithelium", "adipose", "77");
    RgbImage last = data.samples().get(2).image().read();
    assertThat(last.width()).isEqualTo(5);
    assertThat(last.sample(4, 3, 2)).isEqualTo((2 * 60 + 59) * 7 % 256);
  }

  @Test
  void manyThreadsReadTheSameArchive() {
    Dataset data = open("pathmnist_64.npz");

    assertThat(
            IntStream.range(0, 200)
                .parallel()
                .map(
                    i ->
                        data.samples().get(i % 3).image().read().sample(0, 0, 0)
                            - i % 3 * 60 * 7 % 256)
                .boxed())
        .allMatch(difference -> difference == 0);
    assertThat(data.hash()).isEqualTo(open("pathmnist_64.npz").hash());
  }

  @Test
  void severalLabelsBecomeAttributes() {
    Sample first = open("chestmnist.npz").samples().get(0);

    assertThat(first.label()).isEmpty();
    assertThat(first.attributes())
        .containsEntry("label.atelectasis", "1")
        .containsEntry("label.cardiomegaly", "0")
        .containsEntry("label.effusion", "1");
  }

  @ParameterizedTest
  @CsvSource({
    "pickled.npz, pickled Python objects",
    "organmnist3d.npz, volumes",
    "floats.npz, no 8-bit images",
    "fewer-labels.npz, 'labels of shape [1, 1] for 2 images'"
  })
  void refusesWhatHoldsNoLabelledImages(String name, String found) {
    assertThatThrownBy(() -> open(name))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(found)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aFolderMustHoldOneArchive(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> Datasets.open("medmnist:" + folder))
        .hasMessageContaining("0 files ending in .npz");
    Files.copy(resource("medmnist").resolve("pneumoniamnist.npz"), folder.resolve("x.npz"));
    assertThat(Datasets.open("medmnist:" + folder).samples().get(0).label()).contains("0");
    assertThatThrownBy(() -> Datasets.open("medmnist:" + resource("medmnist")))
        .hasMessageContaining("7 files ending in .npz");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2000000000, 2, 2), }",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999, 2, 2), }",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647), }",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (-1, 2, 2), }",
        "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2, 2), }",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (), }",
        "{'descr': '|O', 'fortran_order': False, 'shape': (2, 2, 2), }",
        "{'descr': [('a', '|u1')], 'fortran_order': False, 'shape': (2, 2, 2), }",
        "{'descr': '|u1', 'shape': (2, 2, 2), }",
        "__import__('os').system('true')",
        ""
      })
  void aHeaderIsNotBelieved(String header, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("x.npz");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("train_images.npy"));
      zip.write(array(header));
    }

    assertThatThrownBy(() -> Datasets.open("medmnist:" + file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("x.npz array train_images")
        .hasMessageNotContaining("\n");
  }

  /** A file of a few kilobytes that claims more images than any set has. */
  @Test
  void manyTinyImagesDoNotFillTheMemory(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x.npz");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("train_images.npy"));
      zip.write(array("{'descr': '|u1', 'fortran_order': False, 'shape': (4000000, 1, 1), }"));
      zip.write(new byte[4_000_000]);
    }

    assertThatThrownBy(() -> Datasets.open("medmnist:" + file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("train_images: found 4000000 images");
  }

  @Test
  void labelsWithoutAColumnAreRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x.npz");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("train_images.npy"));
      zip.write(array("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2, 2), }"));
      zip.write(new byte[8]);
      zip.putNextEntry(new ZipEntry("train_labels.npy"));
      zip.write(array("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 0), }"));
    }

    assertThatThrownBy(() -> Datasets.open("medmnist:" + file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("labels of shape [2, 0] for 2 images");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 7, 9, 40})
  void anArchiveOrArrayThatIsCutIsRefused(int length, @TempDir Path folder) throws IOException {
    byte[] whole = array("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2, 2), }");
    Path file = folder.resolve("x.npz");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("train_images.npy"));
      zip.write(whole, 0, length);
    }
    byte[] archive = Files.readAllBytes(file);
    Path cut = folder.resolve("cut.npz");
    Files.write(cut, java.util.Arrays.copyOf(archive, archive.length - 10));

    for (Path broken : new Path[] {file, cut}) {
      assertThatThrownBy(() -> Datasets.open("medmnist:" + broken))
          .isInstanceOf(InputException.class)
          .hasMessageNotContaining("\n");
    }
  }

  private static byte[] array(String header) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.write(
        ByteBuffer.allocate(2)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) text.length)
            .array());
    out.write(text);
    out.write(new byte[8]);
    return out.toByteArray();
  }
}
