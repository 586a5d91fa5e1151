package io.fieldwright.fieldwork;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Evidence that was not captured between the order of its field task and its receipt (requirements, section 8). When it was
 * captured is what a device says: fixes, photos and captures of an earlier visit agree with one another, and only what the
 * server noted itself tells them from those of this one.
 *
 * @param pieces how many pieces of evidence there are of this sort
 */
record OutOfTime(int pieces, List<String> reasons) {

    /** @param tolerance how far a device's clock may be from the server's, either way */
    static OutOfTime find(FieldTask task, List<Evidence> counting, Duration tolerance) {
        List<Evidence> early = counting.stream()
                .filter(piece -> piece.correctedTime().isBefore(task.openedAt().minus(tolerance)))
                .toList();
        List<Evidence> late = counting.stream()
                .filter(piece ->
                        piece.correctedTime().isAfter(piece.receivedAt().plus(tolerance)))
                .toList();
        List<String> reasons = new ArrayList<>();
        early.stream()
                .map(Evidence::correctedTime)
                .min(Comparator.naturalOrder())
                .ifPresent(first -> reasons.add("Captured before the task was ordered at %s: %s, the first at %s"
                        .formatted(toTheSecond(task.openedAt()), kinds(early), toTheSecond(first))));
        late.stream()
                .map(Evidence::correctedTime)
                .max(Comparator.naturalOrder())
                .ifPresent(last -> reasons.add("Captured after it was received: %s, the last at %s"
                        .formatted(kinds(late), toTheSecond(last))));
        return new OutOfTime(early.size() + late.size(), reasons);
    }

    private static String kinds(List<Evidence> pieces) {
        Map<Evidence.Kind, Long> numbers =
                pieces.stream().collect(Collectors.groupingBy(Evidence::kind, TreeMap::new, Collectors.counting()));
        return numbers.entrySet().stream()
                .map(kind -> "%s (%d)".formatted(kind.getKey().item(), kind.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static Instant toTheSecond(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
