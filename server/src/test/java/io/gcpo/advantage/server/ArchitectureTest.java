// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.gcpo.advantage.server.bootstrap.StopSignal;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules of the house: which room may enter which, and what stays at its one place. */
class ArchitectureTest {
  private static final String BASE = "io.gcpo.advantage.server";
  private static final String[] MATHS = {
    BASE + ".linalg..", BASE + ".diversity..", BASE + ".advantage.."
  };
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(BASE);

  @TestFactory
  Stream<DynamicTest> rules() {
    return Stream.of(
            mathsIsPure(),
            linalgDependsOnNothingOfOurs(),
            diversityDependsOnLinalgOnly(),
            featuresDependOnNothingElse(),
            stepsDependOnFeaturesOnly(),
            kernelsDependOnStepsAndFeaturesOnly(),
            advantageNeverDependsUpwards(),
            embeddingNeverDependsUpwards(),
            pipelineNeverDependsUpwards(),
            protobufAndGrpcStayAtTheEdge(),
            micrometerStaysInMetricsAndManagement(),
            openTelemetryStaysInTracing(),
            guiceStaysInModules(),
            modulesDoNoInputOrOutput(),
            configsAreRecords(),
            noMutableStatics(),
            noSingletonsByHand(),
            packagesHaveNoCycles(),
            enginesDoNotKnowTheBatcher(),
            nativeLibrariesStayInTheirPackage(),
            nd4jStaysInItsPackage(),
            enginesDoNotKnowEachOther(),
            clocksAndRandomnessAreInjected(),
            threadsAreMadeInModules(),
            nobodyBlocksOnFutures(),
            statusesAreMadeByTheMapper(),
            noStandardStreams(),
            everyPackageIsNullMarked())
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(CLASSES)));
  }

  @Test
  void tests_neverSleep() {
    JavaClasses tests =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages(BASE);

    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .because("a test that waits for time is slow on a good day and wrong on a bad one")
        .check(tests);
  }

  private static ArchRule mathsIsPure() {
    return classes()
        .that()
        .resideInAnyPackage(MATHS)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java.lang..", "java.util", "java.util.function..", "java.math..")
                .or(resideInAnyPackage("java.util.stream..", "org.jspecify.."))
                .or(resideInAnyPackage(MATHS)))
        .because("the maths must be readable and testable without the service");
  }

  private static ArchRule linalgDependsOnNothingOfOurs() {
    return noClasses()
        .that()
        .resideInAPackage(MATHS[0])
        .should()
        .dependOnClassesThat(resideInAPackage(BASE + "..").and(not(resideInAPackage(MATHS[0]))))
        .because("arrows never return");
  }

  private static ArchRule diversityDependsOnLinalgOnly() {
    return noClasses()
        .that()
        .resideInAPackage(MATHS[1])
        .should()
        .dependOnClassesThat(
            resideInAPackage(BASE + "..").and(not(resideInAnyPackage(MATHS[0], MATHS[1]))))
        .because("arrows never return");
  }

  private static ArchRule featuresDependOnNothingElse() {
    return dependsOnNothingOfOursBut("feature");
  }

  private static ArchRule stepsDependOnFeaturesOnly() {
    return dependsOnNothingOfOursBut("steps", BASE + ".diversity.feature");
  }

  private static ArchRule kernelsDependOnStepsAndFeaturesOnly() {
    return dependsOnNothingOfOursBut(
        "kernel", BASE + ".diversity.feature", BASE + ".diversity.steps", MATHS[0]);
  }

  private static ArchRule dependsOnNothingOfOursBut(String room, String... below) {
    String own = BASE + ".diversity." + room + "..";
    return noClasses()
        .that()
        .resideInAPackage(own)
        .should()
        .dependOnClassesThat(
            resideInAPackage(BASE + "..")
                .and(not(resideInAPackage(own)))
                .and(not(resideInAnyPackage(below))))
        .because("arrows never return");
  }

  private static ArchRule advantageNeverDependsUpwards() {
    return noClasses()
        .that()
        .resideInAPackage(MATHS[2])
        .should()
        .dependOnClassesThat(resideInAPackage(BASE + "..").and(not(resideInAnyPackage(MATHS))))
        .because("arrows never return");
  }

  private static ArchRule embeddingNeverDependsUpwards() {
    return noClasses()
        .that()
        .resideInAPackage(BASE + ".embedding..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            BASE + ".pipeline..",
            BASE + ".grpc..",
            BASE + ".metrics..",
            BASE + ".tracing..",
            BASE + ".cli..")
        .because("arrows never return");
  }

  private static ArchRule pipelineNeverDependsUpwards() {
    return noClasses()
        .that()
        .resideInAPackage(BASE + ".pipeline..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            BASE + ".grpc..", BASE + ".metrics..", BASE + ".tracing..", BASE + ".cli..")
        .because("arrows never return");
  }

  private static ArchRule protobufAndGrpcStayAtTheEdge() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            BASE + ".grpc..", BASE + ".cli..", BASE + ".metrics..", BASE + ".tracing..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.protobuf..", "io.gcpo.advantage.v1..", "io.grpc..")
        .because("the wire may change without the rest");
  }

  private static ArchRule micrometerStaysInMetricsAndManagement() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(BASE + ".metrics..", BASE + ".management..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", "io.prometheus..")
        .because("features own small observers instead");
  }

  private static ArchRule openTelemetryStaysInTracing() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(BASE + ".tracing..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .because("with traces off nothing of it may be loaded");
  }

  private static ArchRule guiceStaysInModules() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(BASE + ".bootstrap..")
        .and()
        .haveSimpleNameNotEndingWith("Module")
        .and()
        .haveSimpleNameNotEndingWith("Modules")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.inject..")
        .because("a class that knows the injector cannot be built without it");
  }

  private static ArchRule modulesDoNoInputOrOutput() {
    return noClasses()
        .that()
        .haveSimpleNameEndingWith("Module")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io..", "java.nio.file..", "java.net..")
        .because("wiring must not fail for the world's reasons");
  }

  private static ArchRule configsAreRecords() {
    return classes()
        .that()
        .haveSimpleNameEndingWith("Config")
        .should()
        .beRecords()
        .because("settings are values");
  }

  private static ArchRule noMutableStatics() {
    return fields()
        .that()
        .areStatic()
        .should()
        .beFinal()
        .because("static mutable state does not exist here");
  }

  private static ArchRule noSingletonsByHand() {
    return noMethods()
        .should()
        .haveName("getInstance")
        .because("the injector decides how many there are");
  }

  private static ArchRule packagesHaveNoCycles() {
    return slices()
        .matching(BASE + ".(*)..")
        .should()
        .beFreeOfCycles()
        .because("a cycle is one package that pretends to be two");
  }

  private static ArchRule enginesDoNotKnowTheBatcher() {
    return noClasses()
        .that()
        .resideInAnyPackage(
            BASE + ".embedding.onnx..", BASE + ".embedding.nd4j..", BASE + ".embedding.tokenizer..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(BASE + ".embedding.batching..", BASE + ".embedding.cache..")
        .because("the arrow goes one way");
  }

  private static ArchRule nativeLibrariesStayInTheirPackage() {
    return classes()
        .that(resideInAPackage(BASE + "..").and(dependOn("ai.onnxruntime")))
        .should()
        .resideInAPackage(BASE + ".embedding.onnx..")
        .andShould(notDependOn("ai.djl"))
        .because("an engine must be replaceable without touching the rest");
  }

  private static ArchRule nd4jStaysInItsPackage() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(BASE + ".embedding.nd4j..")
        .or()
        .haveSimpleName("Nd4jEngine")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.nd4j..", "org.bytedeco..")
        .because("the default distribution runs without the library");
  }

  private static ArchRule enginesDoNotKnowEachOther() {
    return slices()
        .matching(BASE + ".embedding.(onnx|nd4j)..")
        .should()
        .notDependOnEachOther()
        .because("each must be replaceable, and be missing, without the other");
  }

  private static ArchRule clocksAndRandomnessAreInjected() {
    return noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callConstructor(Random.class)
        .orShould()
        .dependOnClassesThat(belongToAnyOf(ThreadLocalRandom.class, UUID.class))
        .because("time and chance are injected, or seeded by the request");
  }

  private static ArchRule threadsAreMadeInModules() {
    return noClasses()
        .that(
            not(
                simpleNameEndingWith("Module")
                    .or(belongToAnyOf(StopSignal.class))
                    .or(resideInAPackage(BASE + ".embedding.batching.."))))
        .should()
        .callConstructor(Thread.class, Runnable.class, String.class)
        .orShould()
        .dependOnClassesThat(belongToAnyOf(Executors.class))
        .because("every thread has a name, a bound and an owner");
  }

  private static ArchRule nobodyBlocksOnFutures() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(BASE + ".bootstrap..", BASE + ".cli..")
        .should()
        .callMethod(CompletableFuture.class, "join")
        .orShould()
        .callMethod(CompletableFuture.class, "get")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .because("a blocked thread is one that no request can use");
  }

  private static ArchRule statusesAreMadeByTheMapper() {
    return noClasses()
        .that()
        .resideInAPackage(BASE + "..")
        .and()
        .resideOutsideOfPackages(BASE + ".cli..", BASE + ".metrics..", BASE + ".tracing..")
        .and()
        .doNotHaveSimpleName("ErrorStatusMapper")
        .should()
        .accessClassesThat(belongToAnyOf(io.grpc.Status.class, com.google.rpc.Code.class))
        .because("one table maps failures to statuses");
  }

  private static ArchRule noStandardStreams() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(BASE + ".cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .because("the service logs; only the tool prints");
  }

  private static ArchRule everyPackageIsNullMarked() {
    return classes()
        .should(
            new ArchCondition<JavaClass>("stand in a @NullMarked package") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(
                    new SimpleConditionEvent(
                        type, marked, type.getPackageName() + " is not @NullMarked"));
              }
            });
  }

  private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> dependOn(String root) {
    return com.tngtech.archunit.base.DescribedPredicate.describe(
        "depend on " + root,
        type ->
            type.getDirectDependenciesFromSelf().stream()
                .anyMatch(d -> d.getTargetClass().getPackageName().startsWith(root)));
  }

  private static ArchCondition<JavaClass> notDependOn(String root) {
    return new ArchCondition<>("not depend on " + root) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(
                type, !dependOn(root).test(type), type.getName() + " depends on " + root));
      }
    };
  }
}
