package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.ContentHash;
import dev.auscult.base.Seed;
import dev.auscult.image.RgbImage;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MedClipViewTest {
  private static final int SIDE = 64;

  /** A gray square with a bright spot left of its centre. */
  private record Spot() implements ImageSource {
    @Override
    public String name() {
      return "spot";
    }

    @Override
    public RgbImage read() {
      byte[] values = new byte[3 * SIDE * SIDE];
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          boolean bright = Math.abs(x - 16) < 4 && Math.abs(y - 32) < 4;
          for (int channel = 0; channel < 3; channel++) {
            values[3 * (y * SIDE + x) + channel] = (byte) (bright ? 200 : 80);
          }
        }
      }
      return new RgbImage(SIDE, SIDE, values);
    }

    @Override
    public ContentHash hash() {
      return ContentHash.of("spot");
    }
  }

  private static MedClipView view(int number) {
    return new MedClipView(new Spot(), new Seed(3), number);
  }

  @Test
  void aViewIsTheSameEachTimeItIsRead() {
    assertThat(view(1).read().toBytes()).isEqualTo(view(1).read().toBytes());
    assertThat(view(1).hash()).isEqualTo(view(1).hash());
  }

  @Test
  void viewsDifferInPixelsAndHashes() {
    Set<ContentHash> hashes = new HashSet<>();
    Set<ContentHash> pixels = new HashSet<>();
    for (int number = 1; number <= 20; number++) {
      hashes.add(view(number).hash());
      pixels.add(ContentHash.of(view(number).read().toBytes()));
    }

    assertThat(hashes).hasSize(20);
    assertThat(pixels).hasSize(20);
    assertThat(new MedClipView(new Spot(), new Seed(4), 1).hash()).isNotEqualTo(view(1).hash());
  }

  /** Sides matter: whatever the view, what was on the left stays there. */
  @Test
  void theLeftStaysOnTheLeftAndNothingGrowsBrighterThanItMay() {
    for (int number = 1; number <= 200; number++) {
      RgbImage image = view(number).read();
      assertThat(image.width()).isEqualTo(56);
      assertThat(image.height()).isEqualTo(56);
      double sum = 0;
      double moment = 0;
      int brightest = 0;
      for (int y = 0; y < 56; y++) {
        for (int x = 0; x < 56; x++) {
          brightest = Math.max(brightest, image.sample(x, y, 0));
        }
      }
      for (int y = 0; y < 56; y++) {
        for (int x = 0; x < 56; x++) {
          double weight = image.sample(x, y, 0) > 0.8 * brightest ? 1 : 0;
          sum += weight;
          moment += weight * x;
        }
      }
      assertThat(moment / sum).as("view " + number).isLessThan(28);
      assertThat(brightest).isGreaterThan(120);
    }
  }
}
