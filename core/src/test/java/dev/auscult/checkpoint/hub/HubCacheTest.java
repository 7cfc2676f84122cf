package dev.auscult.checkpoint.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of a cache that is there, whoever filled it, with the hub and without. */
class HubCacheTest {
  private static final String WEIGHTS = HubFixture.WEIGHTS;
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  private final HubFixture hub;
  private final Path folder;

  HubCacheTest(@TempDir Path folder) {
    this.folder = folder;
    this.hub = new HubFixture(folder.resolve("hub"));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private HubReference pinned() {
    return new HubReference(HubServer.REPOSITORY, hub.server.commit().hex());
  }

  /** A snapshot as huggingface_hub leaves it, without the marks that this library adds. */
  private Path pythonSnapshot(String... files) throws IOException {
    Path snapshot = hub.folder().resolve("snapshots").resolve(hub.server.commit().hex());
    Files.createDirectories(snapshot);
    Files.createDirectories(hub.folder().resolve("blobs"));
    Files.createDirectories(hub.folder().resolve("refs"));
    Files.writeString(hub.folder().resolve("refs/main"), hub.server.commit().hex());
    for (String file : files) {
      Files.write(hub.blob(file), hub.server.content(file));
      Files.createSymbolicLink(
          snapshot.resolve(file), Path.of("../../blobs", hub.server.blob(file).hex()));
    }
    return snapshot;
  }

  private static final String[] WHOLE = {
    "config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json", WEIGHTS
  };

  @Test
  void aWholeCommitIsTakenWithoutAskingTheHub() throws IOException {
    Path snapshot = pythonSnapshot(WHOLE);

    HubSnapshot pulled = hub.pull(hub.settings(NOBODY), pinned());

    assertThat(pulled.folder()).isEqualTo(snapshot);
    assertThat(pulled.files()).hasSize(5);
    assertThat(pulled.downloadedFiles()).isZero();
  }

  @Test
  void aCommitThatMayLackFilesIsCompleted() throws IOException {
    pythonSnapshot("config.json", WEIGHTS);

    HubSnapshot pulled = hub.pull(hub.settings(), pinned());

    assertThat(pulled.files()).hasSize(5);
    assertThat(pulled.downloadedFiles()).isEqualTo(3);
    assertThat(hub.server.requestsFor("store", WEIGHTS)).isEmpty();
  }

  @Test
  void whatPythonNotedOfACommitSaysWhetherItIsWhole() throws IOException {
    pythonSnapshot("config.json", WEIGHTS);
    Path tree = hub.folder().resolve("trees").resolve(hub.server.commit().hex() + ".json");
    Files.createDirectories(tree.getParent());

    Files.writeString(tree, tree("config.json", WEIGHTS, "README.md"));
    assertThat(hub.pull(hub.settings(), pinned()).files()).hasSize(2);
    assertThat(hub.server.requests()).isEmpty();

    Files.writeString(tree, tree("config.json", WEIGHTS, "tokenizer.json"));
    assertThat(hub.pull(hub.settings(), pinned()).files()).hasSize(5);
  }

  private static String tree(String... names) {
    StringBuilder files = new StringBuilder();
    for (String name : names) {
      files.append(files.isEmpty() ? "" : ",").append("\"%s\":{\"size\":1}".formatted(name));
    }
    return "{\"format_version\":1,\"files\":{%s}}".formatted(files);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"format_version\":2,\"files\":{}}"})
  void aNoteThatCannotBeReadCountsAsNone(String note) throws IOException {
    pythonSnapshot(WHOLE);
    Path tree = hub.folder().resolve("trees").resolve(hub.server.commit().hex() + ".json");
    Files.createDirectories(tree.getParent());
    Files.writeString(tree, note);

    assertThat(hub.pull(hub.settings(NOBODY), pinned()).files()).hasSize(5);
  }

  @Test
  void filesThatAreKnownNotToExistAreNotMissed() {
    hub.server.remove("preprocessor_config.json").remove("tokenizer_config.json");
    hub.pull();
    hub.server.forgetRequests();

    HubSnapshot again = hub.pull(hub.settings(), pinned());

    assertThat(again.files()).hasSize(3);
    assertThat(hub.server.requests()).isEmpty();
  }

  @Test
  void offlineTheCommitThatTheCacheKnowsIsTaken() {
    HubSnapshot first = hub.pull();
    hub.server.file("config.json", "{\"newer\":1}").forgetRequests();

    HubSnapshot offline = hub.pull(hub.offline(), HubFixture.MAIN);

    assertThat(offline.commit()).isEqualTo(first.commit());
    assertThat(hub.server.requests()).isEmpty();
  }

  @Test
  void offlineAModelThatIsNotThereIsMissed() {
    assertThat(hub.refusal(hub.offline(), HubFixture.MAIN))
        .contains(
            "HF_HUB_OFFLINE forbids", "auscult models pull hf:clinic/tiny", hub.cache.toString());
    assertThat(hub.server.requests()).isEmpty();
  }

  @Test
  void offlineWeightsWithoutAConfigurationAreNoModel() throws IOException {
    pythonSnapshot(WEIGHTS, "tokenizer.json");

    assertThat(hub.refusal(hub.offline(), HubFixture.MAIN)).contains("HF_HUB_OFFLINE");
  }

  @Test
  void aLinkToContentThatHasGoneIsNoFile() throws IOException {
    pythonSnapshot(WHOLE);
    Files.delete(hub.blob(WEIGHTS));

    assertThat(hub.refusal(hub.offline(), pinned())).contains("HF_HUB_OFFLINE");
    assertThat(hub.pull(hub.settings(), pinned()).downloadedFiles()).isEqualTo(1);
  }

  @Test
  void theCopyInTheCacheServesWhileTheHubIsAway() {
    HubSnapshot first = hub.pull();

    HubSnapshot second = hub.pull(hub.settings(NOBODY), HubFixture.MAIN);

    assertThat(second.folder()).isEqualTo(first.folder());
    assertThat(second.downloadedFiles()).isZero();
  }

  @Test
  void theCopyInTheCacheDoesNotHideARefusal() {
    hub.pull();
    hub.server.next("listing", HubServer.refusal(404, "RevisionNotFound"));

    assertThat(hub.refusal()).contains("no such revision");
  }

  @Test
  void aFileThatLeadsOutOfTheCacheIsRefused() throws IOException {
    Path snapshot = pythonSnapshot(WHOLE);
    Path secret = Files.writeString(folder.resolve("secret.json"), "{\"model_type\":\"clip\"}");
    Files.delete(snapshot.resolve("config.json"));
    Files.createSymbolicLink(snapshot.resolve("config.json"), secret);

    assertThat(hub.refusal(hub.settings(), pinned()))
        .contains("config.json", "a link to " + secret.toRealPath(), "remove the link");
    assertThat(hub.refusal(hub.settings(), HubFixture.MAIN)).contains("a link to");
  }

  @Test
  void nothingIsWrittenThroughAFolderThatLeadsOutOfTheCache() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Path snapshot = pythonSnapshot("config.json");
    Files.createSymbolicLink(snapshot.resolve("onnx"), elsewhere);

    assertThatThrownBy(() -> hub.pull("onnx/model.onnx"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a link to " + elsewhere.toRealPath());
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void nothingIsWrittenThroughALinkInPlaceOfAnUnfinishedFile() throws IOException {
    Path precious = Files.writeString(folder.resolve("precious"), "keep");
    pythonSnapshot("config.json");
    Files.createSymbolicLink(hub.partial(WEIGHTS), precious);

    assertThat(hub.refusal()).contains("cannot be written");
    assertThat(precious).hasContent("keep");
  }

  @Test
  void aRepositoryOnAnotherDiskIsInTheCacheToo() throws IOException {
    HubSnapshot first = hub.pull();
    Path moved = folder.resolve("big-disk");
    Files.move(hub.folder(), moved);
    Files.createSymbolicLink(hub.folder(), moved);

    assertThat(hub.pull(hub.settings(NOBODY), pinned()).files()).isEqualTo(first.files());
  }

  @Test
  void aDamagedNoteOfTheCommitIsWrittenAnew() throws IOException {
    hub.pull();
    Files.writeString(hub.folder().resolve("refs/main"), "../../../x");

    assertThat(hub.refusal(hub.offline(), HubFixture.MAIN)).contains("HF_HUB_OFFLINE");
    hub.pull();
    assertThat(hub.folder().resolve("refs/main")).hasContent(hub.server.commit().hex());
  }
}
