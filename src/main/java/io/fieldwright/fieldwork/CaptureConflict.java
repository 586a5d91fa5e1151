package io.fieldwright.fieldwork;

/** What a device sends contradicts what happened meanwhile. It is kept, and a supervisor decides. */
public class CaptureConflict extends RuntimeException {

    /** The names that interfaces use. */
    public enum Reason {
        TASK_UNKNOWN,
        TASK_NOT_OFFERED,
        TASK_REASSIGNED,
        TASK_CANCELLED,
        TASK_DONE,
        ACCEPTED_BY_OTHER,
        ROUND_OVER,
        OTHER_EXECUTION_SUBMITTED,
        EXECUTION_OF_OTHER,
        FILE_OF_OTHER,
        PERMIT_NOT_VALID,
        SITE_ON_HOLD,
        DEVICE_BLOCKED,
        OPERATION_ID_REUSED,
        INVALID
    }

    private final Reason reason;

    public CaptureConflict(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
