package dev.auscult.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteUnitTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.00 kB",
    "12345, 12.3 kB",
    "604958720, 605 MB",
    "1234567890, 1.23 GB",
    "3500000000000, 3500 GB",
  })
  void tellsThreeDigitsInTheFittingUnit(long bytes, String words) {
    assertThat(ByteUnit.words(bytes)).isEqualTo(words);
  }
}
