package io.fieldwright.projects.process;

import io.fieldwright.api.Identifiers;
import io.fieldwright.projects.Allocations;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;

/** The variables of the process {@code site-lifecycle}; all are ids, flags or short texts. */
final class SiteLifecycle {

    static final String ALLOCATION_ID = Allocations.ALLOCATION_ID;
    static final String TEAM_ID = Allocations.TEAM_ID;
    static final String TEAM_GROUP = "teamGroup";
    static final String TEAM_LEAD = "teamLead";
    static final String WORK_TYPE = "workType";
    static final String ACCEPTED = "accepted";
    static final String SITE_DONE = "siteDone";
    static final String NOTE = "note";
    static final String REASON = Allocations.REASON;
    static final String REASSIGNED_TEAM_ID = "reassignedTeamId";

    private SiteLifecycle() {}

    static UUID allocationId(VariableScope scope) {
        return Identifiers.parse(ALLOCATION_ID, (String) scope.getVariable(ALLOCATION_ID));
    }

    static UUID teamId(VariableScope scope) {
        return Identifiers.parse(TEAM_ID, (String) scope.getVariable(TEAM_ID));
    }

    static @Nullable String reason(VariableScope scope) {
        return (String) scope.getVariable(REASON);
    }
}
