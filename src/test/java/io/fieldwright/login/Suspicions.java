package io.fieldwright.login;

import io.fieldwright.api.SuspiciousRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What the application found suspicious since its start. */
@Component
class Suspicions {

    private final List<SuspiciousRequest> all = new CopyOnWriteArrayList<>();

    @EventListener
    void remember(SuspiciousRequest suspicion) {
        all.add(suspicion);
    }

    /** How many of this kind mention {@code detail}. */
    long count(String kind, String detail) {
        return all.stream()
                .filter(suspicion ->
                        suspicion.kind().equals(kind) && suspicion.detail().contains(detail))
                .count();
    }
}
