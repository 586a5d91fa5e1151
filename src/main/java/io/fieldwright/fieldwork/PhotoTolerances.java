package io.fieldwright.fieldwork;

import io.fieldwright.workflow.Decisions;
import java.time.Duration;
import java.util.Map;

/**
 * What the decision {@code photo-tolerances} allows between a photo's EXIF data and the evidence it belongs to.
 *
 * @param metres from the fix, beside its own accuracy, or from the site where there is no fix
 * @param time from the time of capture, both by the device's clock
 */
record PhotoTolerances(double metres, Duration time) {

    static PhotoTolerances decide(Decisions decisions) {
        return of(decisions.evaluate("photo-tolerances", Map.of("taskType", "verification")));
    }

    static PhotoTolerances of(Map<String, Object> outputs) {
        return new PhotoTolerances(
                ((Number) outputs.get("metres")).doubleValue(),
                Duration.ofMinutes(((Number) outputs.get("minutes")).longValue()));
    }
}
