package io.fieldwright.notification;

import java.util.Set;

/** What people are told of. Each has a packaged text in English, which an organisation may replace by its own. */
public enum NotificationEvent {
    /** To the team's lead: accept or decline. */
    TEAM_OFFERED,
    /** To coordinators: the lead declined or did not answer in time. */
    ASSIGNMENT_RETURNED,
    /** To the team: the site is no longer theirs. */
    TEAM_WITHDRAWN,
    SITE_HELD,
    SITE_RESUMED,
    SITE_CANCELLED,
    /** To the client as well: the work on site is finished. */
    SITE_DONE,
    DISMANTLE_REFUSED,
    DISMANTLE_CANCELLED,
    /** To the project manager: what was found is not what the site should hold. */
    DEVIATIONS_FOUND,
    /** To the warehouse: a receipt is expected. */
    GOODS_EXPECTED,
    TRIP_PLANNED,
    BREAKDOWN_REPORTED,
    DELIVERY_REFUSED,
    GOODS_ARRIVED,
    DISCREPANCIES_FOUND,
    LOSSES_WRITTEN_OFF,
    DISMANTLE_CLOSED,
    /** To the team's lead and members: somebody please accept. */
    FIELD_TASK_OFFERED,
    /** To coordinators: nobody of the team accepted in time, or the team declined. */
    FIELD_TASK_NOT_ACCEPTED,
    /** To the team's lead and coordinators: the visit window passed without evidence. */
    VISIT_LATE,
    /** To supervisors. */
    EVIDENCE_TO_REVIEW,
    /** To the engineer and coordinators: what was submitted waits for a file that cannot be taken, and why. */
    FILE_REFUSED,
    /** To the engineer: what was submitted is not enough, and why. */
    EVIDENCE_ASKED_AGAIN,
    /** To the project manager: no more rounds are left. */
    VERIFICATION_ESCALATED,
    /** To the project manager and the client. */
    VERIFICATION_DONE,
    /** To the team's lead and members: do not go there for it. */
    VERIFICATION_CANCELLED,
    /** To supervisors, or administrators where there are none: what a device sent contradicts what others did. */
    EVIDENCE_CONFLICT,
    /** To the invited, with the link that lets them accept. */
    ORGANISATION_INVITED,
    /** To the invited, with a link to hand in what compliance asks for. */
    DOCUMENTS_ASKED,
    /** To the inviter. */
    INVITATION_EXPIRED,
    /** To the inviter and the new administrator. */
    ORGANISATION_ACTIVATED,
    /** To the inviter and the invited. */
    ORGANISATION_REJECTED,
    /** To the organisation's administrators and to compliance where it works: 30 days are left. */
    DOCUMENT_EXPIRING,
    /** To the same when the last day has passed. */
    DOCUMENT_EXPIRED;

    private static final Set<String> PLACEHOLDERS = Set.of(
            "project",
            "site",
            "reason",
            "team",
            "warehouse",
            "amount",
            "reference",
            "organisation",
            "inviter",
            "message",
            "link",
            "document",
            "date");

    /** The names a text may hold in braces, such as {@code {site}}; one without a value is left empty. */
    public Set<String> placeholders() {
        return PLACEHOLDERS;
    }
}
