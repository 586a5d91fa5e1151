package io.fieldwright.fieldwork.process;

import io.fieldwright.fieldwork.FieldTasks;
import io.fieldwright.fieldwork.sync.EvidenceConflict;
import io.fieldwright.fieldwork.sync.EvidenceConflicts;
import io.fieldwright.tenancy.Collaboration;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.TaskTenants;
import io.fieldwright.workflow.UserTaskForm;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Shows a supervisor or administrator of the owner both versions; whoever captured one does not decide. */
@Component
class ResolveEvidenceConflictForm extends UserTaskForm {

    private final EvidenceConflicts conflicts;
    private final EvidenceVersions versions;
    private final FieldTasks tasks;

    ResolveEvidenceConflictForm(EvidenceConflicts conflicts, EvidenceVersions versions, FieldTasks tasks) {
        this.conflicts = conflicts;
        this.tasks = tasks;
        this.versions = versions;
    }

    @Override
    protected void prepare(DelegateTask task) {
        UUID id = EvidenceConflictProcess.conflictId(task);
        EvidenceConflict conflict = conflicts.get(id);
        TaskTenants.share(task, Collaboration.parse(conflict.tenantId()).owner());
        UUID fieldTask = conflict.fieldTaskId();
        if (fieldTask != null) {
            tasks.reportConflict(fieldTask, conflicts.lines(id).get(0).message());
        }
        versions.of(id).forEach(task::setVariableLocal);
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        boolean adopted = answers.choice("answer", "adopt", "setAside");
        String reason = answers.required("resolutionReason");
        conflicts.decide(EvidenceConflictProcess.conflictId(task), adopted, reason);
        task.getExecution().setVariable(EvidenceConflictProcess.ADOPTED, adopted);
    }
}
