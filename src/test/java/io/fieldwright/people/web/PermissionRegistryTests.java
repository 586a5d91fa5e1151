package io.fieldwright.people.web;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.people.Office;
import io.fieldwright.people.Permission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@FieldwrightTest
class PermissionRegistryTests {

    /** The templates give these; the modules fieldwork, maintenance and billing will ask for them. */
    private static final Set<Permission> ASKED_FOR_BY_LATER_MODULES = EnumSet.of(
            Permission.MAINTENANCE_ACCESS_ALL,
            Permission.MAINTENANCE_ASSIGN,
            Permission.MAINTENANCE_CLOSE,
            Permission.MAINTENANCE_HANDLE,
            Permission.FINANCES_READ,
            Permission.ANNOUNCEMENTS_WRITE);

    private static final Pattern AUTHORITY = Pattern.compile("'([a-z][^']*)'");

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Office office;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping endpoints;

    @Test
    void endpointsAskOnlyForPermissionsOfTheRegistry() {
        Set<String> known =
                Arrays.stream(Permission.values()).map(Permission::id).collect(toSet());

        assertThat(known).containsAll(askedForByEndpoints());
    }

    @Test
    void everyPermissionIsAskedForOrAwaitsItsModule() {
        Set<String> asked = askedForByEndpoints();
        asked.addAll(askedForInCode());

        Set<Permission> askedForNowhere = Arrays.stream(Permission.values())
                .filter(permission -> !asked.contains(permission.id()))
                .collect(toSet());

        assertThat(askedForNowhere).isEqualTo(ASKED_FOR_BY_LATER_MODULES);
    }

    @Test
    void everybodySignedInMayReadTheRegistry() {
        JsonNode permissions = office.signedIn(http, office.hire(office.open().vendor(), "driver"))
                .get("/api/v1/permissions")
                .getBody();

        assertThat(permissions.findValuesAsText("id"))
                .containsExactly(
                        Arrays.stream(Permission.values()).map(Permission::id).toArray(String[]::new));
        assertThat(permissions.findValuesAsText("description"))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
    }

    private Set<String> askedForByEndpoints() {
        Set<String> asked = new HashSet<>();
        for (HandlerMethod endpoint : endpoints.getHandlerMethods().values()) {
            PreAuthorize rule = AnnotatedElementUtils.findMergedAnnotation(endpoint.getMethod(), PreAuthorize.class);
            Matcher authorities = AUTHORITY.matcher(rule == null ? "" : rule.value());
            while (authorities.find()) {
                asked.add(authorities.group(1));
            }
        }
        return asked;
    }

    /** Whatever uses a constant outside of templates and granting, such as the configuration of sign-in, asks for it. */
    private static Set<String> askedForInCode() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.fieldwright");
        return classes.stream()
                .filter(type -> !Set.of("Permission", "DesignationTemplate", "GrantingRule")
                        .contains(type.getSimpleName()))
                .flatMap(type -> type.getFieldAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isEquivalentTo(Permission.class))
                .map(access -> Permission.valueOf(access.getTarget().getName()).id())
                .collect(toSet());
    }
}
