package io.fieldwright.fieldwork.process;

import io.fieldwright.fieldwork.sync.EvidenceConflicts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Leaves what came late on record without counting it. */
@Component
class SetEvidenceAside implements JavaDelegate {

    private final EvidenceConflicts conflicts;

    SetEvidenceAside(EvidenceConflicts conflicts) {
        this.conflicts = conflicts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        conflicts.setAside(EvidenceConflictProcess.conflictId(execution));
    }
}
