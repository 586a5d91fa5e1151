package io.fieldwright.workflow;

import org.camunda.bpm.engine.exception.NotFoundException;

/** A command of the engine came upon something of a tenant that the signed-in person takes no part in. */
class OutOfSightException extends NotFoundException {

    private static final long serialVersionUID = 1L;

    OutOfSightException() {
        super("This does not exist.");
    }
}
