package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.image.ImageEncoder;
import dev.auscult.image.RgbImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private final Path outside;
  private final Path folder;

  ManifestTest(@TempDir Path outside) throws IOException {
    this.outside = outside;
    this.folder = Files.createDirectory(outside.resolve("data"));
    Files.write(outside.resolve("secret.png"), png(9));
    Files.write(folder.resolve("a.png"), png(1));
    Files.write(folder.resolve("b.png"), png(2));
    Files.write(folder.resolve("mask.png"), png(255));
  }

  private static byte[] png(int level) {
    byte[] pixels = new byte[3 * 4 * 4];
    Arrays.fill(pixels, (byte) level);
    return ImageEncoder.png(new RgbImage(4, 4, pixels));
  }

  private Path manifest(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private Dataset csv(String content) throws IOException {
    return Datasets.open(manifest("m.csv", content).toString());
  }

  private AbstractThrowableAssert<?, ?> assertRefused(String content) throws IOException {
    Path file = manifest("m.csv", content);
    return assertThatThrownBy(() -> Datasets.open(file.toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("m.csv")
        .hasMessageNotContaining("\n");
  }

  @Test
  void readsAllColumnsAndPassesOverOthers() throws IOException {
    Dataset data =
        csv(
            """
            id,image,text,patient,split,label,concept,question,answer,category,attr.age,attr.sex,region.lesion,pacs
            1,a.png,"A ""quoted"", caption",p1,val,effusion,left,Is it?,yes,presence,63,F,mask.png,x
            2,b.png,,,,,,,,,,,,
            """);
    Sample full = data.samples().get(0);
    assertThat(full.text()).contains("A \"quoted\", caption");
    assertThat(full.patient()).contains("p1");
    assertThat(full.split()).contains("validation");
    assertThat(full.label()).contains("effusion");
    assertThat(full.concept()).contains("left");
    assertThat(full.question()).contains("Is it?");
    assertThat(full.answer()).contains("yes");
    assertThat(full.category()).contains("presence");
    assertThat(full.attributes()).containsOnlyKeys("age", "sex").containsEntry("age", "63");
    assertThat(full.regions()).containsOnlyKeys("lesion");
    assertThat(full.image().read().sample(0, 0, 0)).isEqualTo(1);
    Sample bare = data.samples().get(1);
    assertThat(bare.text()).isEmpty();
    assertThat(bare.attributes()).isEmpty();
    assertThat(bare.regions()).isEmpty();
  }

  @Test
  void readsFoilsWhichBelongToTheHash() throws IOException {
    Dataset with = csv("id,image,text,foil\n1,a.png,left,right\n2,b.png,two,\n");
    assertThat(with.samples().get(0).foil()).contains("right");
    assertThat(with.samples().get(1).foil()).isEmpty();
    String hash = with.hash().hex();
    Dataset other = csv("id,image,text,foil\n1,a.png,left,both\n2,b.png,two,\n");
    assertThat(other.hash().hex()).isNotEqualTo(hash);
    Dataset without = csv("id,image,text\n1,a.png,left\n2,b.png,two\n");
    assertThat(without.hash().hex()).isNotEqualTo(hash);
  }

  @Test
  void toleratesAByteOrderMarkAndWindowsLineEnds() throws IOException {
    Dataset data = csv("\uFEFFid,image,text\r\n1,a.png,one\r\n\r\n2,b.png,two\r\n");
    assertThat(data.samples()).extracting(Sample::id).containsExactly("1", "2");
    assertThat(data.samples().get(1).text()).contains("two");
  }

  @Test
  void readsJsonLines() throws IOException {
    Path file =
        manifest(
            "m.jsonl",
            """
            {"id": 1, "image": "a.png", "text": "one", "attr.age": 63, "label": null}

            {"id": "2", "image": "b.png", "text": "", "region.lesion": "mask.png"}
            """);
    Dataset data = Datasets.open(file.toString());
    assertThat(data.samples()).extracting(Sample::id).containsExactly("1", "2");
    assertThat(data.samples().get(0).attributes()).containsEntry("age", "63");
    assertThat(data.samples().get(0).label()).isEmpty();
    assertThat(data.samples().get(1).text()).isEmpty();
    assertThat(data.samples().get(1).regions()).containsKey("lesion");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "[1, 2]",
        "{\"id\": 1, \"image\": \"a.png\"}",
        "{\"id\": 1, \"image\": \"a.png\", \"text\": {\"en\": \"x\"}}",
        "{\"id\": 1, \"id\": 2, \"image\": \"a.png\", \"text\": \"x\"}"
      })
  void namesTheLineOfABrokenJsonObject(String line) throws IOException {
    Path file =
        manifest("m.jsonl", "{\"id\": 0, \"image\": \"b.png\", \"text\": \"ok\"}\n" + line + "\n");
    assertThatThrownBy(() -> Datasets.open(file.toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("m.jsonl line 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "image", "text"})
  void namesAMissingColumnAndThoseFound(String missing) throws IOException {
    String header = "id,image,text,label".replace(missing + ",", "");
    assertRefused(header + "\n1,a.png,x\n")
        .hasMessageContaining("a column '" + missing + "'")
        .hasMessageContaining("label");
  }

  @Test
  void refusesAnEmptyFileAndAHeaderAlone() throws IOException {
    assertRefused("").hasMessageContaining("no header");
    assertRefused("id,image,text\n").hasMessageContaining("no entries");
  }

  @Test
  void listsDuplicateIdsWithTheirLines() throws IOException {
    assertRefused("id,image,text\n1,a.png,x\n2,b.png,y\n1,b.png,z\n2,a.png,z\n")
        .hasMessageContaining("1 (lines 2 and 4)")
        .hasMessageContaining("2 (lines 3 and 5)");
  }

  @Test
  void refusesARepeatedColumnAndAMissingId() throws IOException {
    assertRefused("id,image,text,text\n1,a.png,x,y\n").hasMessageContaining("'text' twice");
    assertRefused("id,image,text\n,a.png,x\n")
        .hasMessageContaining("line 2")
        .hasMessageContaining("no id");
  }

  @Test
  void refusesARecordOfAnotherLengthAndAnOpenQuote() throws IOException {
    assertRefused("id,image,text\n1,a.png\n")
        .hasMessageContaining("line 2: found 2 fields; expected 3 fields");
    assertRefused("id,image,text\n\n1,a.png,\"x\ny\"\n2,a.png,x,y,z\n")
        .hasMessageContaining("line 5: found 5 fields; expected 3 fields");
    assertRefused("id,image,text\n1,a.png,x\n\n2,a.png,\"open\n\n")
        .hasMessageContaining("line 4: found broken CSV (Unclosed quoted field");
  }

  @Test
  void refusesAnUnknownSplit() throws IOException {
    assertRefused("id,image,text,split\n1,a.png,x,holdout\n")
        .hasMessageContaining("line 2")
        .hasMessageContaining("holdout");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.png",
        "sub/../../secret.png",
        "..\\secret.png",
        "/etc/passwd",
        "C:\\secret.png",
        "\\\\server\\secret.png",
        "./../data/a.png"
      })
  void refusesAPathThatLeavesTheFolder(String path) throws IOException {
    assertRefused("id,image,text\n1,a.png,x\n2," + path + ",y\n").hasMessageContaining("line 3");
    assertRefused("id,image,text,region.lesion\n1,a.png,x," + path + "\n")
        .hasMessageContaining("line 2");
  }

  @Test
  void refusesALinkOutOfTheFolderAndFollowsOneInside() throws IOException {
    Files.createSymbolicLink(folder.resolve("out.png"), outside.resolve("secret.png"));
    Files.createSymbolicLink(folder.resolve("up"), outside);
    Files.createSymbolicLink(folder.resolve("in.png"), folder.resolve("a.png"));
    assertThat(csv("id,image,text\n1,in.png,x\n").samples()).hasSize(1);
    assertRefused("id,image,text\n1,out.png,x\n").hasMessageContaining("link");
    assertRefused("id,image,text\n1,up/secret.png,x\n").hasMessageContaining("link");
  }

  @Test
  void skipsAnEntryWithoutImageAndSaysWhy() throws IOException {
    Files.createDirectory(folder.resolve("folder.png"));
    Dataset data =
        csv(
            """
            id,image,text,region.lesion
            1,a.png,x,
            2,gone.png,y,
            3,,z,
            4,b.png,w,gone.png
            5,folder.png,v,
            6,bad\0name.png,u,
            """);
    assertThat(data.samples()).extracting(Sample::id).containsExactly("1");
    assertThat(data.skipped())
        .extracting(Dataset.Skipped::id)
        .containsExactly("2", "3", "4", "5", "6");
    assertThat(data.skipped().get(0).reason()).contains("line 3").contains("gone.png");
  }

  @Test
  void refusesAManifestNoneOfWhoseImagesExist() throws IOException {
    assertRefused("id,image,text\n1,gone.png,x\n").hasMessageContaining("gone.png");
  }

  @Test
  void refusesABinaryFileNamedCsv() throws IOException {
    Files.write(folder.resolve("m.csv"), png(7));
    assertThatThrownBy(() -> Datasets.open(folder.resolve("m.csv").toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("UTF-8");
    Files.write(folder.resolve("m.jsonl"), png(7));
    assertThatThrownBy(() -> Datasets.open(folder.resolve("m.jsonl").toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void refusesAnImageThatIsTextOnlyWhenItIsRead() throws IOException {
    manifest("text.png", "this is no image");
    Dataset data = csv("id,image,text\n1,text.png,x\n");
    assertThatThrownBy(() -> data.samples().get(0).image().read())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("text.png");
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.csv", "m.jsonl"})
  void refusesAnEndlessLineWithoutReadingItAll(String name) throws IOException {
    Path file = folder.resolve(name);
    byte[] block = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write("id,image,text\n1,a.png,\"".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 24; i++) {
        out.write(block);
      }
    }
    assertThatThrownBy(() -> Datasets.open(file.toString())).isInstanceOf(InputException.class);
  }

  @Test
  void theHashFollowsDescriptionsAndImagesButNotFileNames() throws IOException {
    String hash = csv("id,image,text\n1,a.png,x\n").hash().hex();
    assertThat(csv("id,image,text\n1,a.png,x\n").hash().hex()).isEqualTo(hash);
    assertThat(csv("id,image,text\n1,a.png,y\n").hash().hex()).isNotEqualTo(hash);
    assertThat(csv("id,image,text\n1,b.png,x\n").hash().hex()).isNotEqualTo(hash);
    assertThat(csv("id,image,text,label\n1,a.png,,x\n").hash().hex()).isNotEqualTo(hash);
    Files.copy(folder.resolve("a.png"), folder.resolve("copy.png"));
    assertThat(csv("id,image,text\n1,copy.png,x\n").hash().hex()).isEqualTo(hash);
    Files.write(folder.resolve("copy.png"), png(77));
    assertThat(csv("id,image,text\n1,copy.png,x\n").hash().hex()).isNotEqualTo(hash);
  }
}
