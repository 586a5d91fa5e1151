package io.fieldwright.people;

import io.fieldwright.tenancy.TenantScope.TenantMember;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * The principal of every request: the person, the tenants they take part in, their engine groups and their effective
 * permissions.
 *
 * @param sites the sites they are limited to; null means all
 */
public record SignedInPerson(
        String username,
        String name,
        String organisation,
        String passwordHash,
        boolean active,
        Set<String> tenants,
        Set<String> groups,
        Set<String> permissions,
        @Nullable Set<UUID> sites)
        implements UserDetails, TenantMember {

    /** Who is behind the running code, if anybody: jobs of the engine run without. */
    public static Optional<SignedInPerson> current() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof SignedInPerson person
                ? Optional.of(person)
                : Optional.empty();
    }

    /** The username for histories and signatures; {@code system} for the engine's own work. */
    public static String currentUsername() {
        return current().map(SignedInPerson::username).orElse("system");
    }

    /**
     * The same person with less: only those of their permissions that are in {@code scopes}, and their engine groups only
     * {@code withTasks}.
     */
    public SignedInPerson limitedTo(Set<String> scopes, boolean withTasks) {
        Set<String> limited = new LinkedHashSet<>(permissions);
        limited.retainAll(scopes);
        return new SignedInPerson(
                username,
                name,
                organisation,
                passwordHash,
                active,
                tenants,
                withTasks ? groups : Set.of(),
                limited,
                sites);
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return List.copyOf(permissions.stream().map(SimpleGrantedAuthority::new).toList());
    }

    @Override
    public String getPassword() {
        return passwordHash;
    }

    @Override
    public String getUsername() {
        return username;
    }

    @Override
    public boolean isEnabled() {
        return active;
    }

    @Override
    public String toString() {
        return username;
    }
}
