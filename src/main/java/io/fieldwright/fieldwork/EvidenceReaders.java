package io.fieldwright.fieldwork;

import io.fieldwright.files.FileReaders;
import io.fieldwright.files.StoredFile;
import io.fieldwright.people.Permission;
import io.fieldwright.people.SignedInPerson;
import org.springframework.stereotype.Component;

/** A photo or signature is read by whoever may read the field task it is evidence of. */
@Component
class EvidenceReaders implements FileReaders {

    private final EvidenceRepository evidence;
    private final ExecutionRepository executions;
    private final FieldTasks tasks;

    EvidenceReaders(EvidenceRepository evidence, ExecutionRepository executions, FieldTasks tasks) {
        this.evidence = evidence;
        this.executions = executions;
        this.tasks = tasks;
    }

    @Override
    public boolean admits(StoredFile file) {
        boolean reads = SignedInPerson.current()
                .map(person -> person.permissions().contains(Permission.FIELDWORK_READ.id()))
                .orElse(true);
        return reads
                && evidence.findByTenantIdAndFileId(file.tenantId(), file.id()).stream()
                        .flatMap(piece -> executions.findById(piece.executionId()).stream())
                        .anyMatch(execution -> tasks.isInSight(execution.fieldTaskId()));
    }
}
