package io.fieldwright.people;

import static io.fieldwright.tenancy.Organisation.Kind.CIRCLE;
import static io.fieldwright.tenancy.Organisation.Kind.CORPORATE;
import static io.fieldwright.tenancy.Organisation.Kind.VENDOR;

import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisation.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The engine groups that models may name as candidates (requirements, section 17). A collaboration's tasks are seen by
 * both sides, so which side may hold a group decides who is asked: a vendor never authorises what it is engaged to do.
 * For clients of its own, a vendor in dual mode holds what owners hold; its people are then in engine groups of their
 * own, such as {@code vertex:coordinator}, which only tasks of tenants that the vendor owns name (ADR 0012).
 */
public enum CandidateGroup {
    COORDINATOR(CORPORATE, CIRCLE),
    PROJECT_MANAGER(CORPORATE, CIRCLE),
    TEAM_LEAD(CIRCLE, VENDOR),
    FIELD_ENGINEER(CIRCLE, VENDOR),
    SUPERVISOR(CIRCLE, VENDOR),
    CLIENT(CORPORATE, CIRCLE),
    ASSET_OWNER(CORPORATE, CIRCLE),
    TRANSPORT_COORDINATOR(CIRCLE, VENDOR),
    DRIVER(CIRCLE, VENDOR),
    STOREKEEPER(CIRCLE),
    WAREHOUSE_MANAGER(CORPORATE, CIRCLE),
    FACILITY_MANAGER(CIRCLE),
    MAINTENANCE_SUPERVISOR(CIRCLE, VENDOR),
    MAINTENANCE_STAFF(CIRCLE, VENDOR),
    REQUESTER(CIRCLE),
    ACCOUNTANT(CORPORATE, CIRCLE, VENDOR),
    FINANCE_APPROVER(CORPORATE, CIRCLE),
    COMPLIANCE(CORPORATE, CIRCLE),
    TENANT_ADMIN(CORPORATE, CIRCLE, VENDOR),
    PLATFORM_ADMIN(CORPORATE),
    PROCESS_OWNER(CORPORATE);

    /** Judges vendors, or acts on what all tenants share. */
    private static final Set<CandidateGroup> NEVER_OF_VENDORS = EnumSet.of(COMPLIANCE, PLATFORM_ADMIN, PROCESS_OWNER);

    private static final String OF = ":";

    private final Set<Kind> holders;

    CandidateGroup(Kind first, Kind... others) {
        this.holders = EnumSet.of(first, others);
    }

    /** The group's id in models and in the engine. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public boolean mayBeHeldBy(Kind kind) {
        return holders.contains(kind);
    }

    public boolean mayBeHeldBy(Organisation organisation) {
        return mayBeHeldBy(organisation.kind()) || organisation.dualMode() && isOfOwners();
    }

    /** Whether vendors hold it for clients of their own only; the database's {@code is_of_owners} knows the same. */
    public boolean isOfOwners() {
        return !mayBeHeldBy(VENDOR) && !NEVER_OF_VENDORS.contains(this);
    }

    /** The engine group of those of an organisation who hold it, and of whom tasks of tenants it owns ask for it. */
    public String idIn(String organisation, Kind kind) {
        return kind == VENDOR && isOfOwners() ? organisation + OF + id() : id();
    }

    /** What {@link #idIn} an organisation is of; the same text where it is of none, such as a team's group. */
    public static String unqualified(String engineGroup) {
        String id = engineGroup.substring(engineGroup.indexOf(OF) + 1);
        return of(id).isPresent() ? id : engineGroup;
    }

    public static Optional<CandidateGroup> of(String id) {
        return Arrays.stream(values()).filter(group -> group.id().equals(id)).findFirst();
    }
}
