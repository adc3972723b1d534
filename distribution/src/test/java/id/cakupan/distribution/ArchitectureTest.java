package id.cakupan.distribution;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** The borders that Maven's class path cannot draw. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("id.cakupan");

    @Test
    void shouldSeeAllModules() {
        assertThat(CLASSES.stream()
                        .map(type -> type.getPackageName().split("\\.", 4)[2])
                        .distinct())
                .contains(
                        "coverage",
                        "schemas",
                        "runtime",
                        "localstack",
                        "producers",
                        "streams",
                        "dashboard",
                        "notify",
                        "distribution");
    }

    @Test
    void shouldKeepTheRulesFreeOfPlumbing() {
        classes()
                .that()
                .resideInAPackage("id.cakupan.coverage..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("id.cakupan.coverage..", "java..", "org.jspecify.."))
                .check(CLASSES);
    }

    @Test
    void shouldReadTheClockOnlyInCommands() {
        noClasses()
                .that(not(nameMatching(".*Command(\\$.*)?")))
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .check(CLASSES);
    }

    @Test
    void shouldBuildTheTopologyWithoutAProcess() {
        noClasses()
                .that()
                .haveSimpleName("CoverageTopology")
                .or()
                .haveSimpleNameEndingWith("Processor")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.apache.kafka.streams.KafkaStreams")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("id.cakupan.runtime..")
                .check(CLASSES);
    }

    @Test
    void shouldKeepProducersAndStreamsApart() {
        noClasses()
                .that()
                .resideInAPackage("id.cakupan.producers..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("id.cakupan.streams..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("id.cakupan.streams..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("id.cakupan.producers..", "id.cakupan.localstack..")
                .check(CLASSES);
    }

    @Test
    void shouldReadOnlyTopicsInDashboardsAndNotifiers() {
        noClasses()
                .that()
                .resideInAnyPackage("id.cakupan.dashboard..", "id.cakupan.notify..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "id.cakupan.producers..",
                        "id.cakupan.publisher..",
                        "id.cakupan.streams..",
                        "id.cakupan.coverage..",
                        "id.cakupan.localstack..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("id.cakupan.dashboard..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("id.cakupan.notify..")
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages() {
        slices().matching("id.cakupan.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void shouldExitOnlyInMain() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Cakupan")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }
}
