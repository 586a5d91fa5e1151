package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Trips.Signature;
import io.fieldwright.workflow.FormAnswers;

/** Reads who signed a hand-over: a name from a form, name and position from a device. */
final class Signatures {

    private Signatures() {}

    static Signature read(FormAnswers answers) {
        Signature given = answers.given("signedBy", Signature.class);
        return given == null ? new Signature(answers.required("signedBy"), null, null) : given;
    }
}
