package dev.auscult;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may know which; every exception carries its reason. */
class ArchitectureTest {
  private static final String ROOT = "dev.auscult.";

  /** From the lowest layer to the highest: a package never depends on one of a later line. */
  private static final List<Set<String>> LAYERS =
      List.of(
          Set.of("base"),
          Set.of("tensor", "metric", "projection", "shapley", "image", "text"),
          Set.of("checkpoint"),
          Set.of("model"),
          Set.of("data"),
          Set.of("embed", "learning"),
          Set.of(
              "zeroshot",
              "retrieval",
              "balance",
              "adapt",
              "pretrain",
              "evaluation",
              "features",
              "fusion",
              "overlay"),
          Set.of("study"),
          Set.of("report"),
          Set.of("card"));

  private static final Set<String> TASKS = LAYERS.get(LAYERS.size() - 4);

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.auscult");

  @Test
  void everyPackageHasALayer() {
    Set<String> found = new TreeSet<>();
    CLASSES.forEach(type -> found.add(packageOf(type)));

    assertThat(found).isNotEmpty().isSubsetOf(LAYERS.stream().flatMap(Set::stream).toList());
  }

  @Test
  void lowerLayersNeverKnowHigherOnes() {
    for (int layer = 0; layer < LAYERS.size() - 1; layer++) {
      Stream<String> higher =
          LAYERS.subList(layer + 1, LAYERS.size()).stream().flatMap(Set::stream);

      noClasses()
          .that()
          .resideInAnyPackage(patterns(LAYERS.get(layer).stream()))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(patterns(higher))
          .check(CLASSES);
    }
  }

  @Test
  void tasksNeverKnowEachOther() {
    for (String task : TASKS) {
      noClasses()
          .that()
          .resideInAPackage(pattern(task))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(patterns(TASKS.stream().filter(other -> !other.equals(task))))
          .check(CLASSES);
    }
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheTensorPackageTouchesTheEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(pattern("tensor"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void gameTheoryMetricsAndProjectionsKnowNoModel() {
    noClasses()
        .that()
        .resideInAnyPackage(patterns(Stream.of("shapley", "metric", "projection")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(patterns(Stream.of("tensor", "image", "text")))
        .check(CLASSES);
  }

  @Test
  void theLibraryPrintsNothingAndLogsThroughOneFacade() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
  }

  @Test
  void recordsHaveNoArrayComponents() {
    fields()
        .that()
        .areDeclaredInClassesThat(DescribedPredicate.describe("are records", JavaClass::isRecord))
        .and()
        .areNotStatic()
        .should()
        .notHaveRawType(DescribedPredicate.describe("array", JavaClass::isArray))
        .because("an array can be changed behind the record's back")
        .check(CLASSES);
  }

  private static String packageOf(JavaClass type) {
    String rest = type.getPackageName().substring(ROOT.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }

  private static String[] patterns(Stream<String> packages) {
    return packages.map(ArchitectureTest::pattern).toArray(String[]::new);
  }

  private static String pattern(String name) {
    return ROOT + name + "..";
  }
}
