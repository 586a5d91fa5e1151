package io.fieldwright.tenancy;

import io.fieldwright.api.Problem;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Which tenants' rows the running code may see. A signed-in person sees the tenants they take part in; the engine's
 * own work (jobs, delegates) sees all, because it acts on records that were already authorised when the work started.
 */
public final class TenantScope {

    /** Whoever is signed in and takes part in tenants. */
    public interface TenantMember {
        /** Ids of the organisations and collaborations this person takes part in. */
        Set<String> tenants();

        /** The code of the organisation this person belongs to. */
        String organisation();
        /** Ids of the sites this person is limited to; null means all. */
        default @Nullable Set<UUID> sites() {
            return null;
        }
    }

    static final String EVERYTHING = "*";

    private static final ThreadLocal<@Nullable Boolean> SYSTEM = new ThreadLocal<>();

    private TenantScope() {}

    /** Runs {@code work} on the system's behalf; callers check first that the signed-in person may cause it. */
    public static <T> T asSystem(Supplier<T> work) {
        Boolean before = enterSystem();
        try {
            T result = work.get();
            writeChanges(before);
            return result;
        } finally {
            SYSTEM.set(before);
        }
    }

    /** As {@link #asSystem(Supplier)}, for work that may throw anything, such as a delegate of a process. */
    public static <T> T callAsSystem(Callable<T> work) throws Exception {
        Boolean before = enterSystem();
        try {
            T result = work.call();
            writeChanges(before);
            return result;
        } finally {
            SYSTEM.set(before);
        }
    }

    private static @Nullable Boolean enterSystem() {
        Boolean before = SYSTEM.get();
        SYSTEM.set(Boolean.TRUE);
        return before;
    }

    /** What the system changed is written in its name; at the end of the transaction the database would refuse it. */
    private static void writeChanges(@Nullable Boolean before) {
        if (Boolean.TRUE.equals(before)
                || !TransactionSynchronizationManager.isActualTransactionActive()
                || TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            return;
        }
        TransactionSynchronizationManager.getResourceMap().values().stream()
                .filter(EntityManagerHolder.class::isInstance)
                .map(EntityManagerHolder.class::cast)
                .forEach(holder -> holder.getEntityManager().flush());
    }

    /** As {@link #asSystem(Supplier)}, without a result. */
    public static void asSystem(Runnable work) {
        asSystem(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /** Whether the signed-in person holds an authority, such as to manage all organisations. */
    static boolean holds(String authority) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null
                && authentication.getAuthorities().stream()
                        .anyMatch(granted -> authority.equals(granted.getAuthority()));
    }

    /** Whether {@code organisation} is that of the signed-in person, who may at the moment cause work as the system. */
    static boolean isOwn(String organisation) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null
                && authentication.getPrincipal() instanceof TenantMember member
                && member.organisation().equals(organisation);
    }

    /** The username for histories; {@code system} where nobody is signed in. */
    static String currentUsername() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication == null ? "system" : authentication.getName();
    }

    static boolean worksForSystem() {
        return visible() == null;
    }

    /** Whether {@code organisation} works for one in sight. */
    static boolean engages(String organisation) {
        Collection<String> tenants = visible();
        return tenants == null
                || tenants.stream()
                        .map(Collaboration::parse)
                        .anyMatch(collaboration -> collaboration.organisations().indexOf(organisation) > 0
                                && tenants.contains(collaboration.owner()));
    }

    public static boolean sees(String tenantId) {
        Collection<String> tenants = visible();
        return tenants == null || tenants.contains(tenantId);
    }

    /**
     * Refuses what cannot own rows of the caller: an organisation out of sight, or none at all such as a collaboration.
     *
     * @throws Problem 400 naming {@code organisation}, the same for both
     */
    public static void requireOrganisation(String organisation) {
        if (!sees(organisation) || !Collaboration.parse(organisation).isAlone()) {
            throw Problem.invalid("organisation", "there is no organisation " + organisation);
        }
    }

    /**
     * Refuses to decide for the owner of a collaboration what only the owner's people decide, and not those who work for it.
     *
     * @throws Problem 403 where the owner is out of sight
     */
    public static void requireOwnersSide(String tenantId) {
        if (!sees(Collaboration.parse(tenantId).owner())) {
            throw Problem.forbidden("This is decided by the organisation that you work for.");
        }
    }

    /** The tenants in sight, sorted; null means all. */
    public static @Nullable Collection<String> visible() {
        if (Boolean.TRUE.equals(SYSTEM.get())) {
            return null;
        }
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null) {
            return null;
        }
        return authentication.getPrincipal() instanceof TenantMember member
                ? new TreeSet<>(member.tenants())
                : Set.of();
    }

    /** The sites that the tenants in sight are narrowed to; null means all of them. */
    public static @Nullable Set<UUID> visibleSites() {
        if (Boolean.TRUE.equals(SYSTEM.get())) {
            return null;
        }
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof TenantMember member
                ? member.sites()
                : null;
    }

    /** As {@link #visibleSites()}, for a parameter of an SQL statement. */
    public static UUID @Nullable [] visibleSiteIds() {
        Set<UUID> sites = visibleSites();
        return sites == null ? null : sites.toArray(UUID[]::new);
    }

    /** @throws Problem 403 for somebody who is limited to some sites */
    public static void requireAllSites() {
        if (visibleSites() != null) {
            throw Problem.forbidden("You are limited to some sites; this concerns all.");
        }
    }

    /** The parameter of the filter by site, written as that of the filter by tenant. */
    static String siteFilterParameter() {
        Set<UUID> sites = visibleSites();
        return sites == null
                ? EVERYTHING
                : sites.stream().map(UUID::toString).sorted().collect(Collectors.joining(","));
    }

    /** The filter's parameter: tenant ids joined by commas (ids never contain one), or {@value #EVERYTHING}. */
    static String filterParameter() {
        Collection<String> tenants = visible();
        return tenants == null ? EVERYTHING : String.join(",", tenants);
    }
}
