package io.fieldwright.notification;

/** The mail server did not take a message; the engine tries again and shows this reason in the end. */
class DeliveryFailedException extends RuntimeException {

    DeliveryFailedException(String reason) {
        super(reason);
    }
}
