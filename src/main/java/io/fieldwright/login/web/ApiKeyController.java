package io.fieldwright.login.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fieldwright.api.Listing;
import io.fieldwright.api.SecretAnswer;
import io.fieldwright.login.ApiKey;
import io.fieldwright.login.ApiKeys;
import io.fieldwright.people.Person;
import io.fieldwright.people.SignedInPerson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/api-keys")
class ApiKeyController {

    record NewKey(
            @NotBlank @Size(max = 200) String name,
            @NotNull @Size(max = 100) Set<@NotBlank @Size(max = 100) String> scopes,
            @Nullable Boolean tasks,
            @Nullable @Size(max = Person.LONGEST_USERNAME) String person,
            @Nullable Instant expiresAt) {

        ApiKeys.Wanted wanted() {
            return new ApiKeys.Wanted(name, person, scopes, Boolean.TRUE.equals(tasks), expiresAt);
        }
    }

    record KeyView(
            UUID id,
            String person,
            String name,
            List<String> scopes,
            boolean tasks,
            String createdBy,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt) {

        static KeyView of(ApiKey key) {
            return new KeyView(
                    key.id(),
                    key.username(),
                    key.name(),
                    key.scopes().stream().sorted().toList(),
                    key.tasks(),
                    key.createdBy(),
                    key.createdAt(),
                    key.expiresAt(),
                    key.lastUsedAt(),
                    key.revokedAt());
        }
    }

    /** {@code secret} is shown this once. */
    record IssuedView(@JsonUnwrapped KeyView key, String secret) {}

    private final ApiKeys keys;

    ApiKeyController(ApiKeys keys) {
        this.keys = keys;
    }

    @PostMapping
    ResponseEntity<IssuedView> create(
            @AuthenticationPrincipal SignedInPerson caller,
            @Valid @RequestBody NewKey request,
            HttpServletRequest origin) {
        SecretAnswer.to(origin);
        ApiKeys.Issued issued = keys.create(caller, request.wanted());
        return ResponseEntity.created(
                        URI.create("/api/v1/api-keys/" + issued.key().id()))
                .body(new IssuedView(KeyView.of(issued.key()), issued.secret()));
    }

    @GetMapping
    Listing<KeyView> list(
            @AuthenticationPrincipal SignedInPerson caller,
            @ParameterObject @PageableDefault(sort = "createdAt") Pageable page) {
        return Listing.of(
                keys.list(caller, Listing.sortable(page, "createdAt", "name", "username", "expiresAt", "lastUsedAt")),
                KeyView::of);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@AuthenticationPrincipal SignedInPerson caller, @PathVariable UUID id) {
        keys.revoke(caller, id);
    }
}
