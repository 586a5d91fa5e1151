package io.fieldwright.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwright.FieldwrightTest;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.support.TransactionTemplate;

/** The second wall by itself: here the application forgets its filter, or uses SQL, which the filter never sees. */
@FieldwrightTest
class TenantWallTests {

    @Autowired
    private Neighbours circles;

    @Autowired
    private EntityManager entities;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    private Neighbours.Pair neighbours;
    private UUID own;
    private UUID foreign;

    @BeforeEach
    void twoCirclesEngageOneVendor() {
        neighbours = circles.pair();
        own = neighbours.own().id();
        foreign = neighbours.foreign().id();
        Neighbours.signIn(Set.of(neighbours.here(), neighbours.own().tenantId()));
    }

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void entitiesAreReadInSightOnlyThoughTheFilterIsOff() {
        List<UUID> found = transaction.execute(status -> {
            entities.unwrap(Session.class).disableFilter(TenantOwned.FILTER);
            return entities.createQuery("select e.id from Engagement e", UUID.class)
                    .getResultList();
        });

        assertThat(found).containsExactly(own);
        assertThat(transaction.<Engagement>execute(status -> entities.find(Engagement.class, foreign)))
                .isNull();
    }

    @Test
    void statementsReadChangeAndDeleteInSightOnly() {
        assertThat(inTransaction(() ->
                        jdbc.sql("select id from engagement").query(UUID.class).list()))
                .containsExactly(own);
        assertThat(inTransaction(() -> jdbc.sql("select count(*) from engagement")
                        .query(Long.class)
                        .single()))
                .isEqualTo(1);
        assertThat(inTransaction(() ->
                        jdbc.sql("update engagement set valid_to = valid_from").update()))
                .isEqualTo(1);
        assertThat(inTransaction(() -> jdbc.sql("delete from engagement where id = :id")
                        .param("id", foreign)
                        .update()))
                .isZero();
        assertThat(inTransaction(() -> jdbc.sql("select name from designation where tenant_id = :tenant")
                        .param("tenant", neighbours.elsewhere())
                        .query(String.class)
                        .list()))
                .isEmpty();
        assertThat(TenantScope.asSystem(
                        () -> inTransaction(() -> jdbc.sql("select valid_to is null from engagement where id = :id")
                                .param("id", foreign)
                                .query(Boolean.class)
                                .single())))
                .isTrue();
    }

    @Test
    void nothingIsWrittenForAnotherTenantNorMovedToOne() {
        assertThatThrownBy(() -> inTransaction(
                        () -> jdbc.sql("insert into client values (:id, 0, :tenant, 'c', 'Client', null, 'en')")
                                .param("id", UUID.randomUUID())
                                .param("tenant", neighbours.elsewhere())
                                .update()))
                .rootCause()
                .hasMessageContaining("row-level security");
        assertThatThrownBy(
                        () -> inTransaction(() -> jdbc.sql("update engagement set tenant_id = :tenant where id = :id")
                                .param("tenant", neighbours.elsewhere())
                                .param("id", own)
                                .update()))
                .rootCause()
                .hasMessageContaining("row-level security");
    }

    @Test
    void aRowThatIsSeenBecauseAnotherRefersToItIsNotChanged() {
        UUID lead = circles.leadFromElsewhere(neighbours);

        assertThat(inTransaction(() -> jdbc.sql("select name from person where id = :id")
                        .param("id", lead)
                        .query(String.class)
                        .list()))
                .containsExactly("Lead");
        assertThat(inTransaction(() -> jdbc.sql("update person set name = 'Mine' where id = :id")
                        .param("id", lead)
                        .update()))
                .isZero();
    }

    @Test
    void aStatementOutsideOfATransactionSeesNothing() {
        assertThat(jdbc.sql("select id from engagement").query(UUID.class).list())
                .isEmpty();
        SecurityContextHolder.clearContext();
        assertThat(jdbc.sql("select id from engagement").query(UUID.class).list())
                .isEmpty();
    }

    @Test
    void aTransactionSeesMoreOnlyWhileItWorksForTheSystem() {
        transaction.executeWithoutResult(status -> {
            assertThat(engagements()).isEqualTo(1);
            assertThat(TenantScope.asSystem(this::engagements)).isGreaterThan(1);
            assertThat(engagements()).isEqualTo(1);
        });
    }

    @Test
    void everyTableIsWalledEvenForItsOwner() {
        assertThat(jdbc.sql(
                                """
                                select relname from pg_class
                                where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
                                  and relname !~ '^(act_|flyway_)'
                                  and not (relrowsecurity and relforcerowsecurity
                                    and exists (select from pg_policy where polrelid = pg_class.oid))""")
                        .query(String.class)
                        .list())
                .isEmpty();
    }

    @Test
    void theApplicationNeitherOwnsTablesNorPassesTheirWall() {
        assertThat(jdbc.sql("select rolsuper or rolbypassrls or rolcreaterole from pg_roles where rolname ="
                                + " current_user")
                        .query(Boolean.class)
                        .single())
                .isFalse();
        assertThat(jdbc.sql("select tablename from pg_tables where schemaname = 'public' and tableowner = current_user")
                        .query(String.class)
                        .list())
                .isEmpty();
        assertThatThrownBy(() -> jdbc.sql("alter table engagement disable row level security")
                        .update())
                .rootCause()
                .hasMessageContaining("must be owner");
        assertThatThrownBy(() -> jdbc.sql("create table loot as select 1").update())
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    private long engagements() {
        return jdbc.sql("select count(*) from engagement").query(Long.class).single();
    }

    private <T> T inTransaction(Supplier<T> work) {
        return transaction.execute(status -> work.get());
    }
}
