package io.fieldwright.workflow.web;

import io.fieldwright.api.Listing;
import io.fieldwright.workflow.Incidents;
import io.fieldwright.workflow.ProcessVersions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class OperationsController {

    record DefinitionView(
            String key,
            @Nullable String name,
            String kind,
            int version,
            String origin,
            boolean drift,
            @Nullable String deployedBy,
            Instant deployedAt) {

        static DefinitionView of(ProcessVersions.InForce definition) {
            return new DefinitionView(
                    definition.key(),
                    definition.name(),
                    word(definition.kind()),
                    definition.version(),
                    word(definition.origin()),
                    definition.drift(),
                    definition.deployedBy(),
                    definition.deployedAt());
        }

        private static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
    }

    private final ProcessVersions versions;
    private final Incidents incidents;

    OperationsController(ProcessVersions versions, Incidents incidents) {
        this.versions = versions;
        this.incidents = incidents;
    }

    /** Of every process and decision the version in force, on one page: there are few. */
    @GetMapping("/process-definitions")
    @PreAuthorize("hasAuthority('processes.read')")
    Listing<DefinitionView> definitions() {
        List<DefinitionView> definitions =
                versions.inForce().stream().map(DefinitionView::of).toList();
        return new Listing<>(definitions, 0, definitions.size(), definitions.size());
    }

    @GetMapping("/incidents")
    @PreAuthorize("hasAuthority('processes.read')")
    Listing<Incidents.Incident> incidents(@ParameterObject Pageable page) {
        return incidents.list(page);
    }

    @PostMapping("/incidents/{id}/retry")
    @PreAuthorize("hasAuthority('processes.operate')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void retry(@PathVariable String id) {
        incidents.retry(id);
    }
}
