package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.model.ResNetConfig.Form;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResNetConfigTest {
  private static final MapPoolingConfig POOLING =
      new MapPoolingConfig.Attention("attnpool.", 8, 512);

  @Test
  void theGridIsThatOfTheLastMap() {
    assertThat(ResNetConfig.resNet50(224, POOLING).grid()).isEqualTo(new PatchGrid(224, 32));
    assertThat(ResNetConfig.resNet50(480, POOLING).grid().side()).isEqualTo(15);
    assertThatThrownBy(() -> ResNetConfig.resNet50(230, POOLING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("patches of 32 do not tile an image of 230");
  }

  @Test
  void eachStageDoublesTheFeatures() {
    assertThat(ResNetConfig.resNet50(224, POOLING).features()).isEqualTo(2048);
    assertThat(new ResNetConfig(Form.OPENAI, 80, List.of(4, 6, 10, 6), 288, POOLING).features())
        .isEqualTo(2560);
  }

  @Test
  void aStageHasBlocks() {
    assertThatThrownBy(
            () -> new ResNetConfig(Form.TORCHVISION, 64, List.of(3, 4, 0, 3), 224, POOLING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[3, 4, 0, 3] blocks");
  }
}
