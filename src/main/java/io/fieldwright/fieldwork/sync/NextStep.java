package io.fieldwright.fieldwork.sync;

import io.fieldwright.fieldwork.CaptureConflict;
import io.fieldwright.fieldwork.Executions.Missing;
import java.util.Set;
import java.util.UUID;

/** What a device does about an answer. */
public enum NextStep {
    NONE,
    /** Fetch the task: it is not what the device believes. */
    FETCH_TASK,
    /** Send the evidence named as missing: the submitted execution waits for it. */
    SEND_EVIDENCE,
    /** Upload the files named as missing: the evidence waits for them. */
    UPLOAD_FILE,
    /** Send it again, mended and with a new id. */
    CORRECT,
    WAIT_FOR_SUPERVISOR,
    /** Stop working on the task. */
    STOP;

    /** Whoever submits is asked for evidence first, whoever sends a photo for its file. */
    static NextStep towards(OperationKind kind, Missing missing) {
        if (missing.isEmpty()) {
            return NONE;
        }
        boolean evidenceFirst = kind == OperationKind.SUBMIT || missing.files().isEmpty();
        return evidenceFirst && !missing.evidence().isEmpty() ? SEND_EVIDENCE : UPLOAD_FILE;
    }

    Set<UUID> concerned(Missing missing) {
        return switch (this) {
            case SEND_EVIDENCE -> missing.evidence();
            case UPLOAD_FILE -> missing.files();
            default -> Set.of();
        };
    }

    static NextStep after(CaptureConflict.Reason reason) {
        return switch (reason) {
            case TASK_UNKNOWN, TASK_REASSIGNED, TASK_CANCELLED, TASK_DONE, ACCEPTED_BY_OTHER, DEVICE_BLOCKED -> STOP;
            case TASK_NOT_OFFERED, ROUND_OVER -> FETCH_TASK;
            case OTHER_EXECUTION_SUBMITTED, EXECUTION_OF_OTHER, PERMIT_NOT_VALID, SITE_ON_HOLD -> WAIT_FOR_SUPERVISOR;
            case FILE_OF_OTHER, OPERATION_ID_REUSED, INVALID -> CORRECT;
        };
    }
}
