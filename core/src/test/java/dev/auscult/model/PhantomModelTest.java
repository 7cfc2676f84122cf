package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PhantomModelTest {

  @ParameterizedTest
  @CsvSource({
    "phantom, BALANCED",
    "phantom:balanced, BALANCED",
    "phantom:overlay-shortcut, OVERLAY_SHORTCUT",
    "phantom:text-shortcut, TEXT_SHORTCUT"
  })
  void isNamedByItsVariant(String spec, PhantomModel model) {
    assertThat(PhantomModel.named(spec)).contains(model);
  }

  @ParameterizedTest
  @EnumSource
  void answersToItsOwnName(PhantomModel model) {
    assertThat(PhantomModel.named(model.spec())).contains(model);
  }

  @Test
  void otherNamesAreNoPhantoms() {
    assertThat(PhantomModel.named("./phantom")).isEqualTo(Optional.empty());
    assertThat(PhantomModel.named("phantoms")).isEqualTo(Optional.empty());
    assertThatThrownBy(() -> PhantomModel.named("phantom:Balanced"))
        .isInstanceOf(InputException.class);
  }
}
