package dev.auscult.model;

import dev.auscult.tensor.Compute;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract over kinds of towers: what becomes of padding, where texts are read, and networks
 * without patches that can be left out.
 */
@ParameterizedClass
@ValueSource(strings = {"biomedclip", "siglip", "medclip-swin", "pmc-clip", "conch"})
class ZooEncoderTest extends DualEncoderContractTest {
  private final ZooCase model;

  ZooEncoderTest(String name) {
    this.model = new ZooCase(name);
  }

  @Override
  protected DualEncoder open() {
    return Models.load(model.folder().toString(), Compute.standard());
  }
}
