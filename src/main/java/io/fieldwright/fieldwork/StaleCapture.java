package io.fieldwright.fieldwork;

/** What a device sends is superseded by something newer that it sent before. It is kept and changes nothing. */
public class StaleCapture extends RuntimeException {

    public StaleCapture(String message) {
        super(message);
    }
}
