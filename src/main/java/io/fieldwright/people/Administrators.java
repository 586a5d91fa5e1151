package io.fieldwright.people;

import io.fieldwright.api.Problem;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sees to it that an organisation which has somebody to administer it keeps somebody. */
@Component
class Administrators {

    private final PersonRepository people;
    private final JdbcClient jdbc;

    Administrators(PersonRepository people, JdbcClient jdbc) {
        this.people = people;
        this.jdbc = jdbc;
    }

    boolean exist(String organisation) {
        return !people.findActiveInGroup(CandidateGroup.TENANT_ADMIN.id(), List.of(organisation))
                .isEmpty();
    }

    /**
     * Asks after a change that was written. Of two administrators who leave at the same moment, the second waits here and
     * sees that the first has gone.
     *
     * @throws Problem 409 naming {@code field} when nobody is left
     */
    void requireOne(String field, String organisation) {
        jdbc.sql("select 1 from pg_advisory_xact_lock(hashtextextended('administrators of ' || :organisation, 0))")
                .param("organisation", organisation)
                .query(Integer.class)
                .single();
        if (!exist(organisation)) {
            throw Problem.conflict(field, "nobody would administer " + organisation + " any more");
        }
    }
}
