package io.fieldwright.fieldwork.sync;

/** What a device may say. */
public enum OperationKind {
    ACCEPT,
    DECLINE,
    START,
    FIX,
    PHOTO,
    SERIAL,
    ANSWER,
    SIGNATURE,
    SUBMIT
}
