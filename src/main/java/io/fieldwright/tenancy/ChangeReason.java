package io.fieldwright.tenancy;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells the audit why the rest of the transaction changes what it changes. */
@Component
public class ChangeReason {

    private final JdbcClient jdbc;

    ChangeReason(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void give(@Nullable String reason) {
        if (reason != null) {
            jdbc.sql("select set_config('fieldwright.reason', :reason, true)")
                    .param("reason", reason)
                    .query(String.class)
                    .single();
        }
    }
}
