package dev.auscult.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.Seed;
import dev.auscult.pretrain.SplitAssignment.Member;
import dev.auscult.pretrain.SplitAssignment.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitAssignmentTest {

  @Property(tries = 100)
  void neverPartsAPatientOrADuplicate(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 80) int n) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      members.add(
          new Member(
              random.nextInt(2),
              List.of("patient " + random.nextInt(20), "image " + random.nextInt(60)),
              random.nextInt(8) == 0
                  ? Optional.of(List.of(Split.values()).get(random.nextInt(3)))
                  : Optional.empty()));
    }

    List<Split> splits = SplitAssignment.of(members, 0.3, new Seed(seed));

    Map<String, Split> ofKey = new TreeMap<>();
    for (int i = 0; i < n; i++) {
      for (String key : members.get(i).keys()) {
        Split earlier = ofKey.putIfAbsent(key, splits.get(i));
        assertThat(earlier == null ? splits.get(i) : earlier).as(key).isEqualTo(splits.get(i));
      }
    }
  }

  @Test
  void holdsOutTheWantedShareWhereNothingIsDeclared() {
    List<Split> splits = SplitAssignment.of(patients(0, 1000, Optional.empty()), 0.1, new Seed(1));

    assertThat(splits).filteredOn(Split.VALIDATION::equals).hasSize(100);
  }

  @Test
  void followsDeclaredSplits() {
    List<Member> members = new ArrayList<>(patients(0, 10, Optional.of(Split.TRAIN)));
    members.addAll(patients(10, 20, Optional.of(Split.VALIDATION)));
    members.addAll(patients(20, 30, Optional.of(Split.TEST)));

    List<Split> splits = SplitAssignment.of(members, 0.5, new Seed(1));

    assertThat(splits.subList(0, 10)).containsOnly(Split.TRAIN);
    assertThat(splits.subList(10, 20)).containsOnly(Split.VALIDATION);
    assertThat(splits.subList(20, 30)).containsOnly(Split.TEST);
  }

  @Test
  void takesADuplicateOfATestImageOutOfTrainingWithItsPatient() {
    Member test = new Member(0, List.of("image a", "patient 1"), Optional.of(Split.TEST));
    Member copy = new Member(1, List.of("image a", "patient 2"), Optional.of(Split.TRAIN));
    Member sibling = new Member(1, List.of("image b", "patient 2"), Optional.of(Split.TRAIN));

    List<Split> splits = SplitAssignment.of(List.of(test, copy, sibling), 0, new Seed(1));

    assertThat(splits).containsOnly(Split.TEST);
  }

  private static List<Member> patients(int from, int to, Optional<Split> declared) {
    List<Member> members = new ArrayList<>();
    for (int i = from; i < to; i++) {
      members.add(new Member(0, List.of("patient " + i), declared));
    }
    return members;
  }
}
