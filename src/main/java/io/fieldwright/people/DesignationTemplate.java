package io.fieldwright.people;

import static io.fieldwright.people.Permission.ALLOCATIONS_STEER;
import static io.fieldwright.people.Permission.ANNOUNCEMENTS_WRITE;
import static io.fieldwright.people.Permission.AUDIT_READ;
import static io.fieldwright.people.Permission.COMPLIANCE_REVIEW;
import static io.fieldwright.people.Permission.COMPLIANCE_WRITE;
import static io.fieldwright.people.Permission.DEVICES_MANAGE;
import static io.fieldwright.people.Permission.DISMANTLES_START;
import static io.fieldwright.people.Permission.ENGAGEMENTS_WRITE;
import static io.fieldwright.people.Permission.EQUIPMENT_READ;
import static io.fieldwright.people.Permission.EQUIPMENT_WRITE;
import static io.fieldwright.people.Permission.FIELDWORK_READ;
import static io.fieldwright.people.Permission.FILES_WRITE;
import static io.fieldwright.people.Permission.FINANCES_READ;
import static io.fieldwright.people.Permission.INVITATIONS_READ;
import static io.fieldwright.people.Permission.INVITATIONS_WRITE;
import static io.fieldwright.people.Permission.LOGISTICS_READ;
import static io.fieldwright.people.Permission.LOGISTICS_WRITE;
import static io.fieldwright.people.Permission.MAINTENANCE_ACCESS_ALL;
import static io.fieldwright.people.Permission.MAINTENANCE_ASSIGN;
import static io.fieldwright.people.Permission.MAINTENANCE_CLOSE;
import static io.fieldwright.people.Permission.MAINTENANCE_HANDLE;
import static io.fieldwright.people.Permission.NOTIFICATIONS_WRITE;
import static io.fieldwright.people.Permission.ORGANISATIONS_WRITE;
import static io.fieldwright.people.Permission.PEOPLE_READ;
import static io.fieldwright.people.Permission.PEOPLE_WRITE;
import static io.fieldwright.people.Permission.PLATFORM_AUDIT_READ;
import static io.fieldwright.people.Permission.PROCESSES_DEPLOY;
import static io.fieldwright.people.Permission.PROCESSES_OPERATE;
import static io.fieldwright.people.Permission.PROCESSES_READ;
import static io.fieldwright.people.Permission.PROJECTS_READ;
import static io.fieldwright.people.Permission.PROJECTS_WRITE;
import static io.fieldwright.people.Permission.SITES_READ;
import static io.fieldwright.people.Permission.SITES_WRITE;
import static io.fieldwright.people.Permission.VERIFICATIONS_START;

import io.fieldwright.tenancy.Organisation.Kind;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The designations a new organisation starts with: one for each candidate group its kind may hold, and the trades of
 * the maintenance staff with the defaults of requirements, section 4. Each reports to another where the field does.
 */
public enum DesignationTemplate {
    TENANT_ADMIN(
            null,
            ENGAGEMENTS_WRITE,
            COMPLIANCE_WRITE,
            INVITATIONS_READ,
            INVITATIONS_WRITE,
            PEOPLE_READ,
            PEOPLE_WRITE,
            SITES_READ,
            PROJECTS_READ,
            EQUIPMENT_READ,
            FIELDWORK_READ,
            DEVICES_MANAGE,
            NOTIFICATIONS_WRITE,
            AUDIT_READ),
    PLATFORM_ADMIN(
            null,
            ORGANISATIONS_WRITE,
            COMPLIANCE_REVIEW,
            INVITATIONS_READ,
            INVITATIONS_WRITE,
            PEOPLE_READ,
            PEOPLE_WRITE,
            PROCESSES_READ,
            NOTIFICATIONS_WRITE,
            AUDIT_READ,
            PLATFORM_AUDIT_READ),
    PROCESS_OWNER(null, PROCESSES_READ, PROCESSES_OPERATE, PROCESSES_DEPLOY),
    PROJECT_MANAGER(
            null,
            PEOPLE_READ,
            SITES_READ,
            EQUIPMENT_READ,
            PROJECTS_READ,
            PROJECTS_WRITE,
            LOGISTICS_READ,
            ALLOCATIONS_STEER,
            DISMANTLES_START,
            FIELDWORK_READ,
            VERIFICATIONS_START),
    COORDINATOR(
            "project-manager",
            PEOPLE_READ,
            SITES_READ,
            SITES_WRITE,
            EQUIPMENT_READ,
            EQUIPMENT_WRITE,
            PROJECTS_READ,
            PROJECTS_WRITE,
            LOGISTICS_READ,
            ALLOCATIONS_STEER,
            DISMANTLES_START,
            FIELDWORK_READ,
            VERIFICATIONS_START,
            DEVICES_MANAGE,
            PROCESSES_READ,
            PROCESSES_OPERATE),
    SUPERVISOR(
            null,
            PEOPLE_READ,
            SITES_READ,
            EQUIPMENT_READ,
            PROJECTS_READ,
            LOGISTICS_READ,
            FIELDWORK_READ,
            DEVICES_MANAGE),
    TEAM_LEAD("supervisor", SITES_READ, EQUIPMENT_READ, PROJECTS_READ, LOGISTICS_READ, FIELDWORK_READ, FILES_WRITE),
    FIELD_ENGINEER("team-lead", SITES_READ, EQUIPMENT_READ, PROJECTS_READ, LOGISTICS_READ, FIELDWORK_READ, FILES_WRITE),
    CLIENT(null, SITES_READ, PROJECTS_READ, FIELDWORK_READ),
    ASSET_OWNER(null, SITES_READ, EQUIPMENT_READ, PROJECTS_READ, LOGISTICS_READ, FIELDWORK_READ),
    TRANSPORT_COORDINATOR(null, PEOPLE_READ, SITES_READ, EQUIPMENT_READ, LOGISTICS_READ, LOGISTICS_WRITE),
    DRIVER("transport-coordinator", LOGISTICS_READ),
    WAREHOUSE_MANAGER(null, PEOPLE_READ, EQUIPMENT_READ, EQUIPMENT_WRITE, LOGISTICS_READ, LOGISTICS_WRITE),
    STOREKEEPER("warehouse-manager", EQUIPMENT_READ, LOGISTICS_READ),
    FACILITY_MANAGER(
            null,
            SITES_READ,
            EQUIPMENT_READ,
            MAINTENANCE_ACCESS_ALL,
            MAINTENANCE_ASSIGN,
            MAINTENANCE_CLOSE,
            MAINTENANCE_HANDLE,
            ANNOUNCEMENTS_WRITE),
    MAINTENANCE_SUPERVISOR(
            "facility-manager",
            SITES_READ,
            EQUIPMENT_READ,
            MAINTENANCE_ACCESS_ALL,
            MAINTENANCE_ASSIGN,
            MAINTENANCE_CLOSE,
            MAINTENANCE_HANDLE),
    MAINTENANCE_STAFF("maintenance-supervisor", SITES_READ, EQUIPMENT_READ),
    ELECTRICIAN(
            CandidateGroup.MAINTENANCE_STAFF,
            "maintenance-supervisor",
            SITES_READ,
            EQUIPMENT_READ,
            MAINTENANCE_CLOSE,
            MAINTENANCE_HANDLE),
    PLUMBER(
            CandidateGroup.MAINTENANCE_STAFF,
            "maintenance-supervisor",
            SITES_READ,
            EQUIPMENT_READ,
            MAINTENANCE_CLOSE,
            MAINTENANCE_HANDLE),
    SECURITY_HEAD(CandidateGroup.MAINTENANCE_STAFF, "facility-manager", SITES_READ, ANNOUNCEMENTS_WRITE),
    CLEANER(CandidateGroup.MAINTENANCE_STAFF, "maintenance-supervisor", SITES_READ),
    GARDENER(CandidateGroup.MAINTENANCE_STAFF, "maintenance-supervisor", SITES_READ),
    REQUESTER(null),
    ACCOUNTANT(null, PROJECTS_READ, LOGISTICS_READ, FINANCES_READ, ANNOUNCEMENTS_WRITE),
    FINANCE_APPROVER(null, PROJECTS_READ, LOGISTICS_READ),
    COMPLIANCE(null, COMPLIANCE_REVIEW, INVITATIONS_READ, PEOPLE_READ, AUDIT_READ);

    private final @Nullable CandidateGroup group;
    private final @Nullable String reportsTo;
    private final Set<Permission> permissions;

    DesignationTemplate(@Nullable String reportsTo, Permission... permissions) {
        this(null, reportsTo, permissions);
    }

    DesignationTemplate(@Nullable CandidateGroup group, @Nullable String reportsTo, Permission... permissions) {
        this.group = group;
        this.reportsTo = reportsTo;
        this.permissions = EnumSet.noneOf(Permission.class);
        this.permissions.addAll(List.of(permissions));
    }

    /** The code of the designations made from it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The candidate group of the same name, except for the trades of the maintenance staff, which share one. */
    public CandidateGroup group() {
        return group == null ? CandidateGroup.valueOf(name()) : group;
    }

    public String title() {
        String words = name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** The code of the designation it reports to, where its organisation has that. */
    public @Nullable String reportsTo() {
        return reportsTo;
    }

    public Set<Permission> permissions() {
        return Collections.unmodifiableSet(permissions);
    }

    static List<DesignationTemplate> forKind(Kind kind) {
        return Arrays.stream(values())
                .filter(template -> template.group().mayBeHeldBy(kind))
                .toList();
    }

    /** What a vendor needs in addition to work for clients of its own. */
    static List<DesignationTemplate> forOwnClients() {
        return Arrays.stream(values())
                .filter(template -> template.group().isOfOwners())
                .toList();
    }

    static Optional<DesignationTemplate> of(String code) {
        return Arrays.stream(values())
                .filter(template -> template.code().equals(code))
                .findFirst();
    }
}
