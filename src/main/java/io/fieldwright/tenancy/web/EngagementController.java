package io.fieldwright.tenancy.web;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.tenancy.Engagement;
import io.fieldwright.tenancy.Engagements;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/engagements")
class EngagementController {

    record NewEngagement(
            @JsonAlias("circle") @Nullable String principal,
            @NotBlank String vendor,
            @Nullable UUID parent,
            @NotNull LocalDate validFrom,
            @Nullable LocalDate validTo) {}

    record End(@NotNull LocalDate lastDay, @NotBlank @Size(max = 500) String reason) {}

    record EngagementView(
            UUID id,
            String principal,
            String vendor,
            @Nullable UUID parent,
            List<String> chain,
            LocalDate validFrom,
            @Nullable LocalDate validTo,
            @Nullable String endReason) {

        static EngagementView of(Engagement engagement) {
            return new EngagementView(
                    engagement.id(),
                    engagement.principalCode(),
                    engagement.vendorCode(),
                    engagement.parentId(),
                    engagement.collaboration().organisations(),
                    engagement.validFrom(),
                    engagement.validTo(),
                    engagement.endReason());
        }
    }

    private final Engagements engagements;

    EngagementController(Engagements engagements) {
        this.engagements = engagements;
    }

    @PostMapping
    @PreAuthorize("hasAnyAuthority('organisations.write', 'engagements.write')")
    ResponseEntity<EngagementView> engage(@Valid @RequestBody NewEngagement request) {
        Engagement created = engagements.engage(
                request.principal(), request.vendor(), request.parent(), request.validFrom(), request.validTo());
        return EntityTag.created("/api/v1/engagements/" + created.id(), EngagementView.of(created), created.version());
    }

    @GetMapping
    Listing<EngagementView> list(@ParameterObject @PageableDefault(sort = "validFrom") Pageable page) {
        return Listing.of(
                engagements.list(Listing.sortable(page, "validFrom", "validTo", "principalCode", "vendorCode")),
                EngagementView::of);
    }

    @GetMapping("/{id}")
    ResponseEntity<EngagementView> get(@PathVariable UUID id) {
        Engagement engagement = engagements.get(id);
        return EntityTag.ok(EngagementView.of(engagement), engagement.version());
    }

    @PostMapping("/{id}/end")
    @PreAuthorize("hasAnyAuthority('organisations.write', 'engagements.write')")
    EngagementView end(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody End request) {
        return EngagementView.of(engagements.end(id, ifMatch, request.lastDay(), request.reason()));
    }
}
