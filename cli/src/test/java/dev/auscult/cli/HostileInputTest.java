package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.checkpoint.SafetensorsFile;
import dev.auscult.checkpoint.SafetensorsWriter;
import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What arrives from outside may be anything: one line, exit code 1, nothing written. */
class HostileInputTest {
  private final Path folder;

  HostileInputTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void damagedImagesAreNamed() throws IOException {
    byte[] whole = Files.readAllBytes(Pictures.folder(folder, 1).resolve("image-000.png"));

    refusesImage("empty.png", new byte[0], "an empty file");
    refusesImage("truncated.png", Arrays.copyOf(whole, whole.length / 2), "truncated.png");
    refusesImage("text.png", "no image".getBytes(StandardCharsets.UTF_8), "found text");
    refusesImage("bomb.png", pngHeader(60_000, 60_000), "60000 x 60000 pixels");
  }

  private void refusesImage(String name, byte[] content, String found) throws IOException {
    Path image = Files.write(folder.resolve(name), content);
    Path out = folder.resolve("out-" + name);

    Hostile.assertRefused(
        Cli.run("embed", "--model", Cli.MODEL, "--images", image, "--out", out, "--no-cache"),
        found);
    Hostile.assertRefused(
        Cli.run(
            "classify", "--model", Cli.MODEL, "--images", image, "--labels", "a;b", "--no-cache"),
        found);
    assertThat(out).doesNotExist();
  }

  /** A PNG file that declares a size and has no pixels. */
  private static byte[] pngHeader(int width, int height) {
    byte[] header =
        ByteBuffer.allocate(17)
            .put("IHDR".getBytes(StandardCharsets.US_ASCII))
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    CRC32 crc = new CRC32();
    crc.update(header);
    return ByteBuffer.allocate(8 + 4 + 17 + 4)
        .putLong(0x89504e470d0a1a0aL)
        .putInt(13)
        .put(header)
        .putInt((int) crc.getValue())
        .array();
  }

  @Test
  void damagedWeightsAreNamed() throws IOException {
    refusesWeights(
        ByteBuffer.allocate(16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(1L << 60)
            .put("{\"a\": {}}".getBytes(StandardCharsets.UTF_8), 0, 8)
            .array(),
        "header of");
    refusesWeights(
        safetensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4096]}}", 8),
        "\"a\"");
    refusesWeights(
        safetensors(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
            12),
        "\"b\"");
    refusesWeights(new byte[3], "the bytes 00 00 00");
  }

  private void refusesWeights(byte[] content, String found) throws IOException {
    Path model = modelWith("model.safetensors", content);

    Hostile.assertRefused(Cli.run("models", "inspect", model), "model.safetensors");
    Hostile.assertRefused(Cli.run("models", "inspect", model), found);
  }

  private static byte[] safetensors(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  @Test
  void aMissingTensorIsNamed() throws IOException {
    Path model = modelWithout("visual_projection.weight", false);

    Hostile.assertRefused(Cli.run("models", "inspect", model), "visual_projection.weight");
  }

  @Test
  void aWrongShapeIsToldWithTheRightOne() throws IOException {
    Path model = modelWithout("visual_projection.weight", true);

    Outcome outcome = Cli.run("models", "inspect", model);

    Hostile.assertRefused(outcome, "visual_projection.weight");
    assertThat(outcome.err()).contains("[3, 5]").contains("[16, 24]");
  }

  @Test
  void anUnknownArchitectureIsAnsweredWithTheKnownOnes() throws IOException {
    Path model =
        modelWith("config.json", "{\"model_type\":\"llama\"}".getBytes(StandardCharsets.UTF_8));

    Outcome outcome = Cli.run("models", "inspect", model);

    Hostile.assertRefused(outcome, "llama");
    assertThat(outcome.err()).containsIgnoringCase("clip");
  }

  @Test
  void brokenManifestsAreRefused() throws IOException {
    Pictures.folder(folder.resolve("data"), 2);

    refusesManifest("id,text\na,effusion\n", "image");
    refusesManifest("id,image,text\na,image-000.png,x\na,image-001.png,y\n", "a");
    refusesManifest("id,image,text\na,../secret.png,x\n", "../secret.png");
    refusesManifest("id,image,text\na,/etc/passwd,x\n", "/etc/passwd");
    refusesManifest("", "manifest.csv");
  }

  private void refusesManifest(String content, String found) throws IOException {
    Path manifest = Files.writeString(folder.resolve("data").resolve("manifest.csv"), content);
    Path out = folder.resolve("out");

    Hostile.assertRefused(
        Cli.run("audit", "--model", Cli.MODEL, "--data", manifest, "--task", "isa", "--out", out),
        found);
    assertThat(out.resolve("run.json")).doesNotExist();
  }

  @Test
  void unknownDataIsAnsweredWithTheKnown() {
    Path out = folder.resolve("out");

    Outcome unknown =
        Cli.run("audit", "--model", Cli.MODEL, "--data", "x", "--task", "isa", "--out", out);
    Hostile.assertWrongUsage(unknown, "vqa-rad");
  }

  @Test
  void anOutputInsideAFileIsRefusedByEveryCommand() throws IOException {
    Path images = Pictures.folder(folder.resolve("images"), 1);
    Path out = Files.writeString(folder.resolve("file"), "in the way").resolve("out");
    Path config = Files.writeString(folder.resolve("c.yaml"), "data: [{source: phantom}]\n");

    for (List<Object> command :
        List.<List<Object>>of(
            List.of("demo"),
            List.of("audit", "--model", Cli.MODEL, "--data", "phantom", "--task", "isa"),
            List.of("classify", "--model", Cli.MODEL, "--images", images, "--labels", "a;b"),
            List.of("embed", "--model", Cli.MODEL, "--images", images),
            List.of("pretrain", config),
            List.of("phantom", "--n", 1))) {
      Object[] words = Stream.concat(command.stream(), Stream.of("--out", out)).toArray();

      Hostile.assertRefused(Cli.run(words), "cannot be written");
    }
  }

  private Path modelWith(String name, byte[] content) throws IOException {
    Path copy = Files.createDirectories(folder.resolve("model"));
    try (Stream<Path> files = Files.list(Cli.MODEL)) {
      for (Path file : files.toList()) {
        Files.write(copy.resolve(file.getFileName()), Files.readAllBytes(file));
      }
    }
    Files.write(copy.resolve(name), content);
    return copy;
  }

  /** The model without a tensor, or with one of another shape in its place. */
  private Path modelWithout(String tensor, boolean replaced) throws IOException {
    SafetensorsFile original = SafetensorsFile.open(Cli.MODEL.resolve("model.safetensors"));
    SafetensorsWriter writer = new SafetensorsWriter();
    original.names().stream()
        .filter(name -> !name.equals(tensor))
        .forEach(name -> writer.addStored(original.get(name)));
    if (replaced) {
      writer.addFloats(tensor, List.of(3L, 5L), new float[15]);
    }
    Path file = folder.resolve("changed.safetensors");
    writer.write(file);
    return modelWith("model.safetensors", Files.readAllBytes(file));
  }
}
