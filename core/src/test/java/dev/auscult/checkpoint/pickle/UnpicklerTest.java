package dev.auscult.checkpoint.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.pickle.Pickled.Constructor;
import dev.auscult.checkpoint.pickle.Pickled.Instance;
import dev.auscult.checkpoint.pickle.Pickled.Mapping;
import dev.auscult.checkpoint.pickle.Pickled.Opaque;
import dev.auscult.checkpoint.pickle.Pickled.Sequence;
import dev.auscult.checkpoint.pickle.Pickled.Text;
import dev.auscult.checkpoint.pickle.Pickled.Whole;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class UnpicklerTest {
  private static final Vocabulary TOY =
      new Vocabulary() {
        @Override
        public Optional<Pickled> global(String module, String name) {
          return module.equals("toy")
              ? Optional.of((Constructor) arguments -> new Instance())
              : Optional.empty();
        }

        @Override
        public Pickled persistent(Pickled id) {
          return new Text("persistent");
        }
      };

  private static Pickled read(byte[] pickle) {
    return Unpickler.read(ByteBuffer.wrap(pickle), "toy.pkl", TOY);
  }

  /** Each character of the program is one byte. */
  private static Pickled read(String program) {
    return read(("\u0080\u0004" + program + ".").getBytes(StandardCharsets.ISO_8859_1));
  }

  @Example
  void readsWholeNumbersOfEveryWidth() {
    assertThat(read("K\u00ff")).isEqualTo(new Whole(255));
    assertThat(read("M\u00ff\u00ff")).isEqualTo(new Whole(65535));
    assertThat(read("J\u00fe\u00ff\u00ff\u00ff")).isEqualTo(new Whole(-2));
    assertThat(read("\u008a\u0000")).isEqualTo(new Whole(0));
    assertThat(read("\u008a\u0001\u0080")).isEqualTo(new Whole(-128));
    assertThat(read("\u008a\u0002\u0080\u0000")).isEqualTo(new Whole(128));
    assertThat(read("\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f"))
        .isEqualTo(new Whole(Long.MAX_VALUE));
    assertThat(read("\u008b\u0001\u0000\u0000\u0000\u0005")).isEqualTo(new Whole(5));
    assertThat(read("\u008a\u0009\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001"))
        .isEqualTo(Opaque.VALUE);
  }

  @Example
  void keepsNothingOfWhatSaysNothingAboutTensors() {
    for (String program :
        new String[] {
          "N",
          "\u0088",
          "\u0089",
          "G\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000",
          "C\u0001x",
          "B\u0001\u0000\u0000\u0000x",
          "\u008e\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000x",
          "\u0096\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000x"
        }) {
      assertThat(read(program)).as(program).isEqualTo(Opaque.VALUE);
    }
  }

  @Example
  void buildsContainersInEveryWay() {
    for (String program :
        new String[] {
          "(K\u0001K\u0002t",
          "(K\u0001K\u0002l",
          "(K\u0001K\u0002\u0091",
          "K\u0001K\u0002\u0086",
          "](K\u0001K\u0002e",
          "]K\u0001aK\u0002a",
          "\u008f(K\u0001K\u0002\u0090",
          "N(K\u0001K\u0002t0(K\u0001K\u0002t",
          "((K\u00091K\u0001K\u0002\u0086t\u0094h\u00000K\u0001K\u0002\u0086"
        }) {
      assertThat(((Sequence) read(program)).items())
          .as(program)
          .containsExactly(new Whole(1), new Whole(2));
    }
    for (String program :
        new String[] {
          "(\u008c\u0001aK\u0001K\u0007Nd",
          "}(\u008c\u0001aK\u0001K\u0007Nu",
          "}\u008c\u0001aK\u0001sK\u0007Ns"
        }) {
      assertThat(((Mapping) read(program)).entries())
          .as(program)
          .containsEntry("a", new Whole(1))
          .containsEntry("7", Opaque.VALUE);
    }
  }

  @Example
  void recallsByNumberAndByOrder() {
    assertThat(read("\u008c\u0001aq\u00050h\u0005")).isEqualTo(new Text("a"));
    assertThat(read("\u008c\u0001ar\u00ff\u00ff\u00ff\u00ff0j\u00ff\u00ff\u00ff\u00ff"))
        .isEqualTo(new Text("a"));
    assertThat(
            read(
                "\u0095\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u008c\u0001a\u00940h\u0000"))
        .isEqualTo(new Text("a"));
  }

  @Example
  void keepsTheAttributesOfObjects() {
    for (String object :
        new String[] {
          "ctoy\nA\n)R",
          "ctoy\nA\n)\u0081",
          "ctoy\nA\n)}\u0092",
          "\u008c\u0003toy\u008c\u0001A\u0093)R"
        }) {
      assertThat(((Instance) read(object + "}\u008c\u0001aK\u0001sb")).attributes())
          .as(object)
          .containsExactly(Map.entry("a", new Whole(1)));
    }
    assertThat(read("K\u0001Q")).isEqualTo(new Text("persistent"));
  }

  @Example
  void aKeyOnceMoreReplacesItsValue() {
    assertThat(((Mapping) read("}\u008c\u0001aK\u0001s\u008c\u0001aK\u0002s")).entries())
        .containsExactly(Map.entry("a", new Whole(2)));
  }

  @Example
  void boundsWhatALongPickleAsksFor() {
    assertRefused('N', 4_100_000, "more than 4000000 values at once");
    assertRefused('}', 1_000_000, "values of more than 128 MB");
    assertRefused(']', 3_000_000, "values of more than 128 MB");
    assertRefused(')', 3_000_000, "values of more than 128 MB");
    byte[] memo = filled('\u0094', 3_000_000);
    memo[2] = 'N';
    assertThatThrownBy(() -> read(memo))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("values of more than 128 MB");
  }

  private static void assertRefused(char operation, int times, String finding) {
    assertThatThrownBy(() -> read(filled(operation, times)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("toy.pkl: found " + finding);
  }

  private static byte[] filled(char operation, int times) {
    byte[] pickle = new byte[times];
    Arrays.fill(pickle, (byte) operation);
    pickle[0] = (byte) 0x80;
    pickle[1] = 2;
    return pickle;
  }

  @Property(tries = 2000)
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 60) byte[] program) {
    byte[] pickle = new byte[program.length + 2];
    pickle[0] = (byte) 0x80;
    pickle[1] = 4;
    System.arraycopy(program, 0, pickle, 2, program.length);
    try {
      assertThat(read(pickle)).isNotNull();
    } catch (InputException refused) {
      assertThat(refused).hasMessageContaining("toy.pkl: found ");
    }
  }

  @Property(tries = 2000)
  void anyOperationsAreReadOrRefused(@ForAll("operations") String program) {
    try {
      assertThat(read(program)).isNotNull();
    } catch (InputException refused) {
      assertThat(refused).hasMessageContaining("toy.pkl: found ");
    }
  }

  @Provide
  Arbitrary<String> operations() {
    return Arbitraries.of(
            "(",
            ")",
            "0",
            "1",
            "N",
            "K\u0001",
            "\u008c\u0001a",
            "]",
            "}",
            "a",
            "e",
            "s",
            "u",
            "d",
            "l",
            "t",
            "\u0085",
            "\u0086",
            "\u0087",
            "\u0094",
            "h\u0000",
            "h\u0001",
            "R",
            "b",
            "Q",
            "\u0081",
            "\u0092",
            "\u008f",
            "\u0090",
            "\u0091",
            "ctoy\nA\n",
            "\u0093",
            "q\u0001")
        .list()
        .ofMaxSize(40)
        .map(list -> String.join("", list));
  }
}
