package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Trips.Signature;
import io.fieldwright.workflow.FormAnswers;

/** Reads who signed a hand-over; the position comes from devices only. */
final class Signatures {

    private Signatures() {}

    static Signature read(FormAnswers answers) {
        return new Signature(
                answers.required("signedBy"), answers.number("signedLatitude"), answers.number("signedLongitude"));
    }
}
