package io.fieldwright.people;

import static io.fieldwright.people.Permission.ALLOCATIONS_STEER;
import static io.fieldwright.people.Permission.AUDIT_READ;
import static io.fieldwright.people.Permission.DISMANTLES_START;
import static io.fieldwright.people.Permission.EQUIPMENT_READ;
import static io.fieldwright.people.Permission.EQUIPMENT_WRITE;
import static io.fieldwright.people.Permission.LOGISTICS_READ;
import static io.fieldwright.people.Permission.LOGISTICS_WRITE;
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

import io.fieldwright.tenancy.Organisation.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The designations a new organisation starts with, one for each candidate group its kind may hold. Each reports to
 * another where the field does.
 */
enum DesignationTemplate {
    TENANT_ADMIN(
            null,
            PEOPLE_READ,
            PEOPLE_WRITE,
            SITES_READ,
            PROJECTS_READ,
            EQUIPMENT_READ,
            NOTIFICATIONS_WRITE,
            AUDIT_READ),
    PLATFORM_ADMIN(
            null,
            ORGANISATIONS_WRITE,
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
            DISMANTLES_START),
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
            PROCESSES_READ,
            PROCESSES_OPERATE),
    SUPERVISOR(null, PEOPLE_READ, SITES_READ, EQUIPMENT_READ, PROJECTS_READ, LOGISTICS_READ),
    TEAM_LEAD("supervisor", SITES_READ, EQUIPMENT_READ, PROJECTS_READ, LOGISTICS_READ),
    FIELD_ENGINEER("team-lead", SITES_READ, EQUIPMENT_READ, PROJECTS_READ, LOGISTICS_READ),
    CLIENT(null, SITES_READ, PROJECTS_READ),
    ASSET_OWNER(null, SITES_READ, EQUIPMENT_READ, PROJECTS_READ, LOGISTICS_READ),
    TRANSPORT_COORDINATOR(null, PEOPLE_READ, SITES_READ, EQUIPMENT_READ, LOGISTICS_READ, LOGISTICS_WRITE),
    DRIVER("transport-coordinator", LOGISTICS_READ),
    WAREHOUSE_MANAGER(null, PEOPLE_READ, EQUIPMENT_READ, EQUIPMENT_WRITE, LOGISTICS_READ, LOGISTICS_WRITE),
    STOREKEEPER("warehouse-manager", EQUIPMENT_READ, LOGISTICS_READ),
    FACILITY_MANAGER(null, SITES_READ, EQUIPMENT_READ),
    MAINTENANCE_SUPERVISOR("facility-manager", SITES_READ, EQUIPMENT_READ),
    MAINTENANCE_STAFF("maintenance-supervisor", SITES_READ, EQUIPMENT_READ),
    REQUESTER(null),
    ACCOUNTANT(null, PROJECTS_READ, LOGISTICS_READ),
    FINANCE_APPROVER(null, PROJECTS_READ, LOGISTICS_READ),
    COMPLIANCE(null, PEOPLE_READ, AUDIT_READ);

    private final @Nullable String reportsTo;
    private final Set<Permission> permissions;

    DesignationTemplate(@Nullable String reportsTo, Permission... permissions) {
        this.reportsTo = reportsTo;
        this.permissions = EnumSet.noneOf(Permission.class);
        this.permissions.addAll(List.of(permissions));
    }

    CandidateGroup group() {
        return CandidateGroup.valueOf(name());
    }

    String title() {
        String words = name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    @Nullable
    String reportsTo() {
        return reportsTo;
    }

    Set<Permission> permissions() {
        return permissions;
    }

    static List<DesignationTemplate> forKind(Kind kind) {
        return Arrays.stream(values())
                .filter(template -> template.group().mayBeHeldBy(kind))
                .toList();
    }
}
