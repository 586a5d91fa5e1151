package io.fieldwright.fieldwork.process;

import io.fieldwright.api.Identifiers;
import io.fieldwright.fieldwork.Executions;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.FieldTasks;
import java.util.Date;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;

/** The variables of the process {@code field-verification}; all are ids, flags, dates or short texts. */
final class FieldVerification {

    static final String FIELD_TASK_ID = FieldTasks.FIELD_TASK_ID;
    static final String ALLOCATION_ID = "allocationId";
    static final String PROJECT_ID = "projectId";
    static final String SITE_ID = "siteId";
    static final String TEAM_ID = "teamId";
    static final String TEAM_GROUP = "teamGroup";
    static final String PERMIT_NEEDED = "permitNeeded";
    static final String VISIT_UNTIL = "visitUntil";
    static final String ACCEPTED = "accepted";
    static final String ARRANGEMENT = "arrangement";
    static final String ENGINEER = "engineer";
    static final String EXECUTION_ID = Executions.EXECUTION_ID;
    static final String VERDICT = "verdict";
    static final String SAMPLED = "sampled";
    static final String APPROVED = "approved";
    static final String ITEMS = "items";
    static final String RECORD_DIFFERENCES = "recordDifferences";
    static final String ROUND = "round";
    static final String DECISION = "decision";
    static final String CLIENT_ACCEPTANCE = "clientAcceptance";
    static final String REASON = FieldTasks.REASON;

    private FieldVerification() {}

    static UUID taskId(VariableScope scope) {
        return id(scope, FIELD_TASK_ID);
    }

    static UUID executionId(VariableScope scope) {
        return id(scope, EXECUTION_ID);
    }

    /** When the visit is late; a hold moves it, so it is told again before evidence is asked for. */
    static void setVisitWindow(VariableScope scope, FieldTask task) {
        scope.setVariable(VISIT_UNTIL, Date.from(task.visitUntil()));
    }

    static UUID id(VariableScope scope, String variable) {
        return Identifiers.parse(variable, (String) scope.getVariable(variable));
    }

    static @Nullable String text(VariableScope scope, String variable) {
        return (String) scope.getVariable(variable);
    }
}
