package io.fieldwright.fieldwork.process;

import io.fieldwright.fieldwork.sync.EvidenceConflicts;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.VariableScope;

/** The variables of the process {@code evidence-conflict}. */
final class EvidenceConflictProcess {

    static final String CONFLICT_ID = EvidenceConflicts.CONFLICT_ID;
    static final String ADOPTED = "adopted";

    private EvidenceConflictProcess() {}

    static UUID conflictId(VariableScope scope) {
        return FieldVerification.id(scope, CONFLICT_ID);
    }
}
