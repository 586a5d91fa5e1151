package io.fieldwright.fieldwork.process;

import io.fieldwright.fieldwork.sync.EvidenceConflicts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Takes up what came late, as if nothing had been in its way. */
@Component
class AdoptEvidence implements JavaDelegate {

    private final EvidenceConflicts conflicts;

    AdoptEvidence(EvidenceConflicts conflicts) {
        this.conflicts = conflicts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        conflicts.adopt(EvidenceConflictProcess.conflictId(execution));
    }
}
