package dev.auscult.pretrain;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.SafetensorsFile;
import dev.auscult.checkpoint.SafetensorsWriter;
import dev.auscult.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run on disk, in one safetensors file that is replaced whole: the weights, AdamW's moments, and
 * in the header the {@link RunState}.
 */
final class StateFile {
  private static final String RUN = "run";

  private final Path file;

  StateFile(Path file) {
    this.file = file;
  }

  boolean exists() {
    return Files.exists(file);
  }

  void write(Trainer trainer, RunState state) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    writer.metadata(RUN, JsonMapper.shared().writeValueAsString(state));
    tensors(trainer)
        .forEach(
            (name, tensor) ->
                writer.addFloats(
                    name, Arrays.stream(tensor.shape()).boxed().toList(), tensor.toFloats()));
    writer.write(file);
  }

  RunState read() {
    String json = SafetensorsFile.open(file).metadata().getOrDefault(RUN, "");
    try {
      return JsonMapper.shared().readValue(json, RunState.class);
    } catch (JacksonException e) {
      throw new InputException(
          file.toString(),
          "no training state (" + e.getOriginalMessage() + ")",
          "the state of an earlier run",
          "name another folder, or delete this one to start anew",
          e);
    }
  }

  /** Copies weights and moments into a trainer of the same architecture. */
  void restore(Trainer trainer, RunState state) {
    SafetensorsFile stored = SafetensorsFile.open(file);
    tensors(trainer)
        .forEach(
            (name, tensor) -> {
              requireShape(stored, name, tensor);
              try (Tensor view = Tensor.unscoped(() -> stored.get(name).view())) {
                tensor.assign(view);
              }
            });
    trainer.optimiser().resumeAt(state.step());
  }

  private void requireShape(SafetensorsFile stored, String name, Tensor tensor) {
    List<Long> found = stored.get(name).shape();
    List<Long> expected = Arrays.stream(tensor.shape()).boxed().toList();
    if (!found.equals(expected)) {
      throw new InputException(
          file.toString(),
          "tensor \"%s\" of shape %s".formatted(name, found),
          "shape " + expected,
          "the file is damaged: delete the folder to start anew");
    }
  }

  private static Map<String, Tensor> tensors(Trainer trainer) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int index = 0;
    for (Map.Entry<String, Tensor> entry : trainer.parameters().byName().entrySet()) {
      tensors.put("weight." + entry.getKey(), entry.getValue());
      tensors.put("moment1." + entry.getKey(), trainer.optimiser().firstMoment(index));
      tensors.put("moment2." + entry.getKey(), trainer.optimiser().secondMoment(index));
      index++;
    }
    return tensors;
  }
}
