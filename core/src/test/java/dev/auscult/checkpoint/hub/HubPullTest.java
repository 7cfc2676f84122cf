package dev.auscult.checkpoint.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.InterruptedRunException;
import dev.auscult.base.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubPullTest {
  private static final String WEIGHTS = HubFixture.WEIGHTS;
  private static final List<String> NEEDED =
      List.of(
          "config.json",
          "preprocessor_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          WEIGHTS);

  private final HubFixture hub;

  HubPullTest(@TempDir Path folder) {
    this.hub = new HubFixture(folder.resolve("hub"));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private static List<String> namesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> !Files.isDirectory(file))
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void bringsWhatAModelNeedsAndNothingElse() throws IOException {
    HubSnapshot snapshot = hub.pull();

    assertThat(namesBelow(snapshot.folder())).containsExactlyInAnyOrderElementsOf(NEEDED);
    assertThat(snapshot.files())
        .extracting(HubSnapshot.Entry::name)
        .containsExactlyElementsOf(NEEDED);
    assertThat(snapshot.folder().resolve(WEIGHTS)).hasBinaryContent(hub.weights);
    assertThat(snapshot.commit()).isEqualTo(hub.server.commit());
    assertThat(snapshot.downloadedFiles()).isEqualTo(5);
    assertThat(snapshot.downloadedBytes()).isEqualTo(snapshot.size());
  }

  /** The layout that huggingface_hub 2.4 leaves, as conformance/hub_cache.py compares it. */
  @Test
  void laysTheCacheOutAsPythonDoes() throws IOException {
    HubSnapshot snapshot = hub.pull();

    assertThat(snapshot.folder())
        .isEqualTo(hub.folder().resolve("snapshots").resolve(hub.server.commit().hex()));
    assertThat(hub.folder().resolve("refs/main")).hasContent(hub.server.commit().hex());
    assertThat(Files.readSymbolicLink(snapshot.folder().resolve("config.json")))
        .isEqualTo(Path.of("../../blobs", hub.server.blob("config.json").hex()));
    assertThat(hub.server.blob("config.json").hex()).hasSize(40);
    assertThat(ContentHash.of(hub.blob(WEIGHTS)).hex()).isEqualTo(hub.server.blob(WEIGHTS).hex());
    assertThat(Files.readString(hub.cache.resolve("CACHEDIR.TAG")))
        .startsWith("Signature: 8a477f597d28d172789f06886806bc55\n");
    assertThat(hub.folder().resolve(".no_exist").resolve(hub.server.commit().hex()))
        .isDirectoryContaining("glob:**/vocab.txt");
  }

  @Test
  void bringsAFileOfASubfolderIfItIsNamed() throws IOException {
    HubSnapshot snapshot = hub.pull("onnx/model.onnx");

    assertThat(namesBelow(snapshot.folder())).containsExactly("onnx/model.onnx");
    assertThat(Files.readSymbolicLink(snapshot.folder().resolve("onnx/model.onnx")))
        .isEqualTo(Path.of("../../../blobs", hub.server.blob("onnx/model.onnx").hex()));
  }

  @Test
  void bringsASecondFileOfWeightsBesideWhatAModelNeeds() throws IOException {
    FileSelection selection = new FileSelection(List.of(), List.of("pytorch_model.bin"));
    hub.pull();

    HubSnapshot snapshot = new Hub(hub.settings()).pull(HubFixture.MAIN, selection, Progress.NONE);
    HubSnapshot again = new Hub(hub.offline()).pull(HubFixture.MAIN, selection, Progress.NONE);

    assertThat(snapshot.downloadedFiles()).isEqualTo(1);
    assertThat(namesBelow(snapshot.folder())).hasSize(6).contains(WEIGHTS, "pytorch_model.bin");
    assertThat(again.files()).containsExactlyInAnyOrderElementsOf(snapshot.files());
  }

  @Test
  void doesWithoutTheHubOnlyIfTheSecondFileIsThere() {
    hub.pull();

    assertThatThrownBy(
            () ->
                new Hub(hub.offline())
                    .pull(
                        HubFixture.MAIN,
                        new FileSelection(List.of(), List.of("pytorch_model.bin")),
                        Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("HF_HUB_OFFLINE");
  }

  @Test
  void namesAWantedFileThatIsNotThere() {
    assertThatThrownBy(() -> hub.pull("weights/best.pt"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no file \"weights/best.pt\"");
  }

  @Test
  void takesWhatTheCacheHasWithoutDownloadingIt() {
    hub.pull();
    hub.server.forgetRequests();

    HubSnapshot again = hub.pull();

    assertThat(again.downloadedFiles()).isZero();
    assertThat(hub.server.requests()).hasSize(1).allMatch(r -> r.path().contains("/api/models/"));
  }

  @Test
  void doesNotAskForACommitThatTheCacheHas() {
    HubSnapshot first = hub.pull();
    hub.server.forgetRequests();

    HubReference pinned = new HubReference(HubServer.REPOSITORY, hub.server.commit().hex());
    HubSnapshot second = hub.pull(hub.settings(), pinned);

    assertThat(second.folder()).isEqualTo(first.folder());
    assertThat(second.files()).isEqualTo(first.files());
    assertThat(hub.server.requests()).isEmpty();
  }

  @Test
  void aNewCommitDownloadsOnlyWhatHasChanged() throws IOException {
    HubSnapshot old = hub.pull();
    hub.server.file("config.json", "{\"model_type\":\"clip\",\"more\":1}");

    HubSnapshot latest = hub.pull();

    assertThat(latest.downloadedFiles()).isEqualTo(1);
    assertThat(latest.folder()).isNotEqualTo(old.folder());
    assertThat(namesBelow(latest.folder())).containsExactlyInAnyOrderElementsOf(NEEDED);
    assertThat(old.folder().resolve("config.json")).hasContent("{\"model_type\":\"clip\"}");
    assertThat(hub.folder().resolve("refs/main")).hasContent(latest.commit().hex());
  }

  @Test
  void aPullRequestIsARevisionToo() throws IOException {
    hub.server.revision("refs/pr/2");

    hub.pull(hub.settings(), new HubReference(HubServer.REPOSITORY, "refs/pr/2"));

    assertThat(hub.folder().resolve("refs/refs/pr/2")).hasContent(hub.server.commit().hex());
    assertThat(hub.server.requests().get(0).path()).endsWith("/revision/refs%2Fpr%2F2");
  }

  @Test
  void bringsAllPartsThatAnIndexNames() throws IOException {
    byte[] first = HubFixture.bytes(4_000);
    byte[] second = HubFixture.bytes(4_001);
    HubServer server = hub.server;
    server.remove(WEIGHTS).file("model-00001-of-00002.safetensors", first);
    server.file("model-00002-of-00002.safetensors", second);
    server.file(
        "model.safetensors.index.json",
        "{\"weight_map\":{\"a\":\"model-00001-of-00002.safetensors\","
            + "\"b\":\"model-00002-of-00002.safetensors\"}}");

    HubSnapshot snapshot = hub.pull();

    assertThat(snapshot.files())
        .extracting(HubSnapshot.Entry::name)
        .endsWith(
            "model.safetensors.index.json",
            "model-00001-of-00002.safetensors",
            "model-00002-of-00002.safetensors");
    assertThat(snapshot.folder().resolve("model-00002-of-00002.safetensors"))
        .hasBinaryContent(second);
    assertThat(hub.pull(hub.offline(), HubFixture.MAIN).files()).isEqualTo(snapshot.files());
  }

  @Test
  void anIndexMayNameNothingOutsideOfItsFolder() {
    hub.server
        .remove(WEIGHTS)
        .file("model.safetensors.index.json", "{\"weight_map\":{\"a\":\"../../stolen\"}}");

    assertThat(hub.refusal()).contains("../../stolen").contains("its index points elsewhere");
  }

  @Test
  void copiesWhereLinksCannotBe() throws IOException {
    HubSnapshot snapshot = hub.pull(hub.withoutLinks(), HubFixture.MAIN);

    assertThat(snapshot.folder().resolve(WEIGHTS)).hasBinaryContent(hub.weights);
    for (String name : NEEDED) {
      assertThat(Files.isSymbolicLink(snapshot.folder().resolve(name))).isFalse();
    }
    hub.server.forgetRequests();
    assertThat(hub.pull(hub.withoutLinks(), HubFixture.MAIN).downloadedFiles()).isZero();
  }

  @Test
  void copiesContentThatAnotherCommitNeedsToo() throws IOException {
    HubSnapshot old = hub.pull();
    hub.server.file("config.json", "{\"new\":1}");

    HubSnapshot latest = hub.pull(hub.withoutLinks(), HubFixture.MAIN);

    assertThat(latest.folder().resolve(WEIGHTS)).isRegularFile().hasBinaryContent(hub.weights);
    assertThat(old.folder().resolve(WEIGHTS)).hasBinaryContent(hub.weights);
    assertThat(latest.downloadedFiles()).isEqualTo(1);
  }

  @Test
  void contentOfAWrongSizeIsNotTakenForWhole() throws IOException {
    HubSnapshot snapshot = hub.pull();
    Files.write(hub.blob(WEIGHTS), new byte[10]);

    HubSnapshot again = hub.pull();

    assertThat(again.downloadedFiles()).isEqualTo(1);
    assertThat(snapshot.folder().resolve(WEIGHTS)).hasBinaryContent(hub.weights);
  }

  @Test
  void aListingWithoutHashesIsCompletedByAskingForEachFile() throws IOException {
    hub.server.next(
        "listing",
        HubServer.body(
            "{\"sha\":\"%s\",\"siblings\":[{\"rfilename\":\"config.json\"},{\"rfilename\":\"%s\"}]}"
                .formatted(hub.server.commit(), WEIGHTS)));

    HubSnapshot snapshot = hub.pull();

    assertThat(snapshot.folder().resolve(WEIGHTS)).hasBinaryContent(hub.weights);
    assertThat(hub.blob(WEIGHTS)).exists();
    assertThat(hub.server.requests().stream().filter(r -> r.method().equals("HEAD"))).hasSize(2);
    assertThat(hub.server.requestsFor("store", WEIGHTS)).hasSize(1);
  }

  @Test
  void reportsEveryByteOnce() {
    List<Long> steps = new ArrayList<>();
    List<Long> totals = new ArrayList<>();
    Progress progress = (task, total) -> recording(steps, totals, total);
    hub.server.next("store:" + WEIGHTS, hub.server.cutAfter(WEIGHTS, 100_000));

    HubSnapshot snapshot =
        new Hub(hub.settings()).pull(HubFixture.MAIN, FileSelection.needed(), progress);

    assertThat(totals).containsExactly(snapshot.size());
    assertThat(steps.stream().mapToLong(Long::longValue).sum()).isEqualTo(snapshot.size());
    assertThat(steps).allMatch(step -> step >= 0);
  }

  private static Progress.Task recording(List<Long> steps, List<Long> totals, long total) {
    totals.add(total);
    return new Progress.Task() {
      @Override
      public void advance(long count) {
        steps.add(count);
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void keepsWhatHasArrivedWhenTheUserStops() throws IOException {
    long[] arrived = {0};
    Progress progress =
        (task, total) ->
            new Progress.Task() {
              @Override
              public void advance(long bytes) {
                arrived[0] += bytes;
                if (arrived[0] > 150_000) {
                  throw new InterruptedRunException("stop");
                }
              }

              @Override
              public void close() {}
            };

    assertThatThrownBy(
            () -> new Hub(hub.settings()).pull(HubFixture.MAIN, FileSelection.needed(), progress))
        .isInstanceOf(InterruptedRunException.class);
    long kept = Files.size(hub.partial(WEIGHTS));
    hub.server.forgetRequests();
    HubSnapshot snapshot = hub.pull();

    assertThat(kept).isBetween(100_000L, 299_999L);
    assertThat(hub.server.requestsFor("store", WEIGHTS).get(0).header("Range"))
        .contains("bytes=%d-".formatted(kept));
    assertThat(snapshot.folder().resolve(WEIGHTS)).hasBinaryContent(hub.weights);
    assertThat(hub.partial(WEIGHTS)).doesNotExist();
  }

  @Test
  void theRevisionIsNotedOnlyOnceEverythingIsThere() {
    hub.server.next("store:" + WEIGHTS, HubServer.status(404));

    assertThat(hub.refusal()).contains("no file \"model.safetensors\"");
    assertThat(hub.folder().resolve("refs/main")).doesNotExist();
    assertThat(hub.refusal(hub.offline(), HubFixture.MAIN)).contains("HF_HUB_OFFLINE");
  }
}
