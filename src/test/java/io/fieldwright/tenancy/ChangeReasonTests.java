package io.fieldwright.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwright.FieldwrightTest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@FieldwrightTest
class ChangeReasonTests {

    @Autowired
    private ChangeReason reasons;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Test
    void reasonHoldsForTheTransactionOnly() {
        transaction.executeWithoutResult(status -> {
            reasons.give("season");
            reasons.give(null);
            assertThat(told()).isEqualTo("season");
        });
        transaction.executeWithoutResult(status -> assertThat(told()).isNullOrEmpty());
    }

    @Test
    void reasonForNothingIsRefused() {
        assertThatThrownBy(() -> reasons.give("season")).isInstanceOf(IllegalTransactionStateException.class);
    }

    private @Nullable String told() {
        return jdbc.sql("select current_setting('fieldwright.reason', true)")
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }
}
