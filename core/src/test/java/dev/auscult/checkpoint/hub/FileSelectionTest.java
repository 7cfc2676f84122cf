package dev.auscult.checkpoint.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileSelectionTest {
  private static final HubReference SOME = new HubReference("clinic/tiny", "main");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          config.json model.safetensors pytorch_model.bin                            | model.safetensors
          config.json model.safetensors.index.json model-00001-of-00002.safetensors  | model.safetensors.index.json
          config.json pytorch_model.bin tf_model.h5 flax_model.msgpack               | pytorch_model.bin
          config.json pytorch_model.bin.index.json pytorch_model-00001-of-00002.bin  | pytorch_model.bin.index.json
          open_clip_config.json open_clip_pytorch_model.bin tokenizer.json           | open_clip_pytorch_model.bin
          open_clip_config.json open_clip_pytorch_model.bin open_clip_model.safetensors | open_clip_model.safetensors
          open_clip_config.json config.json open_clip_pytorch_model.bin pytorch_model.bin | pytorch_model.bin
          open_clip_config.json open_clip_pytorch_model.bin model.safetensors        | open_clip_pytorch_model.bin
          config.json open_clip_config.json open_clip_model.safetensors              | open_clip_model.safetensors
          config.json biovil_t_image_model.pt training_args.bin README.md            | biovil_t_image_model.pt
          r50_mcc.tar                                                                | r50_mcc.tar
          PubMedCLIP_ViT32.pth optimizer.pt                                          | PubMedCLIP_ViT32.pth
          KEEP.safetensors KEEP.bin                                                  | KEEP.safetensors
          """)
  void takesOneSetOfWeights(String listed, String taken) {
    assertThat(FileSelection.weights(Set.of(listed.split(" +")), SOME)).contains(taken);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config.json",
        "model.onnx tf_model.h5 flax_model.msgpack rust_model.ot",
        "onnx/model.safetensors sub/pytorch_model.bin",
        "training_args.bin optimizer.pt scheduler.pt"
      })
  void takesNothingThatCannotBeLoaded(String listed) {
    assertThat(FileSelection.weights(Set.of(listed.split(" +")), SOME)).isEmpty();
  }

  @Test
  void asksWhichOfSeveralWeightsIsMeant() {
    assertThatThrownBy(() -> FileSelection.weights(Set.of("rn50.pth", "vit32.pth"), SOME))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("several files of weights: rn50.pth, vit32.pth")
        .hasMessageContaining("--file NAME");
  }

  @Test
  void namesTheWeightsThatItDoesNotTake() {
    assertThat(FileSelection.noWeights(List.of("config.json", "onnx/model.onnx"), SOME))
        .hasMessageContaining("no weights of a known name, but onnx/model.onnx");
    assertThat(FileSelection.noWeights(List.of("config.json"), SOME))
        .hasMessageContaining("found no weights;");
  }

  @Test
  void takesConfigurationsOfTheTopFolderOnly() {
    assertThat(
            FileSelection.needed()
                .configurations(
                    Set.of("config.json", "vocab.txt", "1_Pooling/config.json", "README.md")))
        .containsExactly("config.json", "vocab.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/x", "a\\b", "", "a/../b"})
  void refusesAWantedNameThatLeadsElsewhere(String name) {
    assertThatThrownBy(() -> new FileSelection(List.of(name)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the files to download");
  }
}
