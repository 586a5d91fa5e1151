package io.fieldwright;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.fieldwright");

    @Test
    void modulesUseOneAnotherOnlyThroughTheirPublicFace() {
        ApplicationModules.of(FieldwrightApplication.class).verify();
    }

    @Test
    void engineIsKnownOnlyToItsAdapterAndToProcessFolders() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.fieldwright.workflow..", "io.fieldwright..process..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.camunda..")
                .check(CLASSES);
    }

    @Test
    void insidesOfTheEngineAreKnownOnlyToItsAdapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.fieldwright.workflow..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.camunda.bpm.engine.impl..")
                .check(CLASSES);
    }
}
