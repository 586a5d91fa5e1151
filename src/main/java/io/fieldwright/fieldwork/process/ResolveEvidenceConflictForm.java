package io.fieldwright.fieldwork.process;

import io.fieldwright.fieldwork.sync.EvidenceConflicts;
import io.fieldwright.tenancy.Collaboration;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.TaskTenants;
import io.fieldwright.workflow.UserTaskForm;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Shows a supervisor of the owner both versions; whoever captured one does not decide. */
@Component
class ResolveEvidenceConflictForm extends UserTaskForm {

    private final EvidenceConflicts conflicts;
    private final EvidenceVersions versions;

    ResolveEvidenceConflictForm(EvidenceConflicts conflicts, EvidenceVersions versions) {
        this.conflicts = conflicts;
        this.versions = versions;
    }

    @Override
    protected void prepare(DelegateTask task) {
        UUID id = EvidenceConflictProcess.conflictId(task);
        TaskTenants.share(
                task, Collaboration.parse(conflicts.get(id).tenantId()).owner());
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
