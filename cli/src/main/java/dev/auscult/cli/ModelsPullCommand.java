package dev.auscult.cli;

import dev.auscult.base.ByteUnit;
import dev.auscult.base.InputException;
import dev.auscult.checkpoint.hub.FileSelection;
import dev.auscult.checkpoint.hub.Hub;
import dev.auscult.checkpoint.hub.HubReference;
import dev.auscult.checkpoint.hub.HubSnapshot;
import dev.auscult.model.Registry;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a model from the hub to this disk. */
@Command(
    name = "pull",
    header = "Download a model from the Hugging Face hub and print its folder.",
    description = {
      "",
      "Takes what a model needs: configurations, tokenizer, preprocessing, and one set of weights",
      "(safetensors where there are any). The files lie in the cache of Python's huggingface_hub;",
      "what is there already is not downloaded again, and a download that was cut off goes on.",
      "Every command does the same by itself for --model hf:org/name[@revision].",
      ""
    },
    footer = {
      "",
      "A revision is a branch, a tag, a pull request (refs/pr/2) or a commit; main if none is given.",
      "With a full commit (40 digits) the hub is not asked once the model is complete in the cache.",
      "",
      "Environment, as for Python: HF_ENDPOINT (a mirror), HF_TOKEN (for gated and private models),",
      "HF_HOME, HF_HUB_CACHE, HF_HUB_OFFLINE=1 (no network), HTTPS_PROXY, NO_PROXY.",
      "",
      "Examples:",
      "  auscult models pull hf:openai/clip-vit-base-patch32",
      "  auscult models pull hf:flaviagiammarino/pubmed-clip-vit-base-patch32@refs/pr/2",
      "  auscult models pull hf:org/name --file weights/best.pt --file config.json",
      "  HF_ENDPOINT=https://mirror.example auscult models pull hf:org/name"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ModelsPullCommand implements Callable<Integer> {
  @Parameters(paramLabel = "M", description = "The model: hf:org/name or hf:org/name@revision.")
  private String model;

  @Option(
      names = "--file",
      paramLabel = "NAME",
      description = "Take this file and no others; may be repeated.")
  private List<String> files = List.of();

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    if (!HubReference.isHubName(model)) {
      throw new InputException(
          "model " + model,
          "a model that is not on the hub",
          "hf:org/name or hf:org/name@revision",
          "folders and phantoms need no download: name them to any command as they are");
    }
    HubReference reference = HubReference.parse(model);
    Run run = common.begin().with("model", model).with("files", files);
    FileSelection wanted =
        files.isEmpty() ? Registry.standard().files(reference) : new FileSelection(files);
    HubSnapshot snapshot = Hub.fromEnvironment().pull(reference, wanted, common.progress());
    common.console().remark(summary(snapshot));
    common
        .console()
        .result(
            run.report(List.of(), Optional.empty(), facts(snapshot)), snapshot.folder().toString());
    return 0;
  }

  private static String summary(HubSnapshot snapshot) {
    String all =
        "%s at commit %s: %s"
            .formatted(
                snapshot.reference(),
                snapshot.commit(),
                amount(snapshot.files().size(), snapshot.size()));
    return snapshot.downloadedFiles() == 0
        ? all + ", all in the cache already"
        : all + "; downloaded " + amount(snapshot.downloadedFiles(), snapshot.downloadedBytes());
  }

  private static String amount(int files, long bytes) {
    return "%d %s, %s".formatted(files, files == 1 ? "file" : "files", ByteUnit.words(bytes));
  }

  private static Map<String, @Nullable Object> facts(HubSnapshot snapshot) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("repository", snapshot.reference().repository());
    facts.put("revision", snapshot.reference().revision());
    facts.put("commit", snapshot.commit().hex());
    facts.put("folder", snapshot.folder().toString());
    facts.put("files", snapshot.files().stream().map(ModelsPullCommand::fact).toList());
    facts.put("bytes", snapshot.size());
    facts.put("downloaded_files", snapshot.downloadedFiles());
    facts.put("downloaded_bytes", snapshot.downloadedBytes());
    return facts;
  }

  private static Map<String, @Nullable Object> fact(HubSnapshot.Entry file) {
    Map<String, @Nullable Object> fact = new LinkedHashMap<>();
    fact.put("name", file.name());
    fact.put("bytes", file.size());
    return fact;
  }
}
