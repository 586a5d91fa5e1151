package io.fieldwright.people;

import io.fieldwright.api.Problem;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every permission of the domain API, named once. */
public enum Permission {
    ORGANISATIONS_WRITE("organisations.write", "Create and change organisations, engage vendors"),
    ENGAGEMENTS_WRITE("engagements.write", "Engage vendors and end engagements of the own organisation"),
    COMPLIANCE_WRITE("compliance.write", "Submit compliance documents of the own organisation"),
    COMPLIANCE_REVIEW(
            "compliance.review", "Approve and reject compliance documents of organisations that work for the own"),
    INVITATIONS_READ("invitations.read", "See invitations of organisations"),
    INVITATIONS_WRITE("invitations.write", "Invite organisations, send invitations again and revoke them"),
    PEOPLE_READ("people.read", "See people, designations and teams"),
    PEOPLE_WRITE("people.write", "Create and change people, designations and teams"),
    SITES_READ("sites.read", "See sites and their boundaries"),
    SITES_WRITE("sites.write", "Create, change and import sites"),
    EQUIPMENT_READ("equipment.read", "See equipment and its custody"),
    EQUIPMENT_WRITE("equipment.write", "Create and change equipment"),
    PROJECTS_READ("projects.read", "See clients, projects and allocations"),
    PROJECTS_WRITE("projects.write", "Create clients and projects, allocate sites"),
    ALLOCATIONS_STEER("allocations.steer", "Unassign, reassign, hold, resume and cancel allocated work"),
    LOGISTICS_READ("logistics.read", "See warehouses, vehicles, trips, receipts and stock"),
    LOGISTICS_WRITE("logistics.write", "Create and change warehouses, vehicles and carriers"),
    DISMANTLES_START("dismantles.start", "Start and cancel dismantles"),
    FIELDWORK_READ("fieldwork.read", "See field tasks, executions and evidence"),
    VERIFICATIONS_START("verifications.start", "Start and cancel field verifications, renew their permits"),
    DEVICES_MANAGE("devices.manage", "See, block and unblock the devices of the organisation's people"),
    FILES_WRITE("files.write", "Upload photos, signatures and documents"),
    NOTIFICATIONS_WRITE("notifications.write", "Change notification templates"),
    AUDIT_READ("audit.read", "Read, verify and export the audit of the own organisation and those below it"),
    PLATFORM_AUDIT_READ("platform-audit.read", "Read the audit of what belongs to no organisation"),
    PROCESSES_READ("processes.read", "See which process versions are in force"),
    PROCESSES_OPERATE("processes.operate", "See incidents and have failed steps tried again"),
    PROCESSES_DEPLOY("processes.deploy", "Deploy models, forms and decisions"),
    MAINTENANCE_ACCESS_ALL("maintenance.access-all", "See all maintenance requests of the organisation"),
    MAINTENANCE_ASSIGN("maintenance.assign", "Assign maintenance requests to staff"),
    MAINTENANCE_CLOSE("maintenance.close", "Close maintenance requests"),
    MAINTENANCE_HANDLE("maintenance.handle", "Have maintenance requests assigned and work on them"),
    FINANCES_READ("finances.read", "See costs, invoices and payments"),
    ANNOUNCEMENTS_WRITE("announcements.write", "Announce something to everybody at a site");

    private final String id;
    private final String description;

    Permission(String id, String description) {
        this.id = id;
        this.description = description;
    }

    /** The authority that endpoints ask for. */
    public String id() {
        return id;
    }

    public String description() {
        return description;
    }

    public static Optional<Permission> of(String id) {
        return Arrays.stream(values())
                .filter(permission -> permission.id.equals(id))
                .findFirst();
    }

    /** @throws Problem 400 naming {@code field} and each of the ids that is no permission */
    static void requireKnown(String field, Collection<String> ids) {
        String unknown = ids.stream().filter(id -> of(id).isEmpty()).sorted().collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw Problem.invalid(field, "there is no permission " + unknown);
        }
    }
}
