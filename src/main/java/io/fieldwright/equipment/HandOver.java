package io.fieldwright.equipment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One signed hand-over of items: from where to where, when, by whom and to whom, at which WGS84 position in degrees,
 * and the reference of what proves it, such as {@code trip 0198…: seal 77, signed R. Kumar}.
 */
public record HandOver(
        Place from,
        Place to,
        Instant at,
        String handedOverBy,
        String receivedBy,
        @Nullable Double latitude,
        @Nullable Double longitude,
        String evidence) {}
