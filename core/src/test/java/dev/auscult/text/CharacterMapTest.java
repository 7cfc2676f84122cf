package dev.auscult.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.text.CharacterMap.Match;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CharacterMapTest {
  private static final byte[] SOUND = charsmap();

  @Test
  void findsTheLongestReplacementOfWholeCharacters() {
    CharacterMap map = CharacterMap.read(ByteBuffer.wrap(SOUND)).orElseThrow();

    assertThat(map.longest(utf8("xﬃ"), 1)).contains(new Match(3, "ffi"));
    assertThat(map.longest(utf8("e\u0301!"), 0)).contains(new Match(3, "é"));
    assertThat(map.longest(utf8("\u00ad"), 0)).contains(new Match(2, ""));
    assertThat(map.longest(utf8("e!"), 0)).isEmpty();
    assertThat(map.longest(utf8(""), 0)).isEmpty();
  }

  @Test
  void refusesWhatIsCutOffOrPointsOutside() {
    for (int length : new int[] {0, 3, 4, 100, SOUND.length / 2}) {
      assertThat(CharacterMap.read(ByteBuffer.wrap(SOUND, 0, length))).isEmpty();
    }
    assertThat(CharacterMap.read(units(0x7fffffff))).isEmpty();
    assertThat(CharacterMap.read(units(-1))).isEmpty();
  }

  /** If a damaged map is taken for sound, no text leads outside. */
  @Property(tries = 500)
  void neverLeadsOutside(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] damaged = SOUND.clone();
    for (int i = 0; i < 3; i++) {
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    }

    CharacterMap.read(ByteBuffer.wrap(damaged))
        .ifPresent(
            map -> {
              byte[] text = utf8("eé ﬃ Ａ\u1100\u1161" + Character.toString(random.nextInt(0xd800)));
              for (int from = 0; from < text.length; from++) {
                map.longest(text, from);
              }
            });
  }

  private static ByteBuffer units(int first) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 1024).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(1024).putInt(first);
    return bytes.position(0);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] charsmap() {
    BoundedFile file =
        BoundedFile.read(TextFixtures.path("families/unigram").resolve("tokenizer.json"), 1 << 20);
    String base64 =
        JsonMapper.shared()
            .readTree(file.text())
            .path("normalizer")
            .path("precompiled_charsmap")
            .stringValue();
    return Base64.getDecoder().decode(base64);
  }
}
