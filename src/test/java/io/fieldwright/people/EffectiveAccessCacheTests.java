package io.fieldwright.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.Partners;
import io.fieldwright.TableOwner;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Two directories are two nodes: each remembers for itself, and only the database is common to them. */
@FieldwrightTest
class EffectiveAccessCacheTests {

    /** Stands still until it is told to go on; counts in microseconds, as the application and PostgreSQL do. */
    private static final class Watch extends Clock {

        private Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Autowired
    private Office office;

    @Autowired
    private People people;

    @Autowired
    private Organisations organisations;

    @Autowired
    private Partners partners;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private TableOwner tables;

    private final Watch watch = new Watch();
    private PersonDirectory here;
    private PersonDirectory there;
    private Office.Place place;
    private Person person;

    @BeforeEach
    void twoNodesKnowThePerson() {
        here = new PersonDirectory(jdbc, watch);
        there = new PersonDirectory(jdbc, watch);
        place = office.open();
        person = office.hire(place.circle(), "driver");
        find(here);
        find(there);
    }

    @Test
    void whatDidNotChangeIsRemembered() {
        assertThat(find(here)).isSameAs(find(here));
    }

    @Test
    void changesOfOtherTenantsLeaveWhatIsRemembered() {
        SignedInPerson before = find(here);

        office.hire(place.otherCircle(), "driver");

        assertThat(find(here)).isSameAs(before);
    }

    @Test
    void withdrawnDesignationHoldsOnEveryNodeAtOnce() {
        assertThat(find(there).groups()).containsExactly("driver");

        people.change(person.id(), "*", new People.Profile("Somebody", null, null, "en", true, Set.of("client")), null);

        for (PersonDirectory node : Set.of(here, there)) {
            assertThat(find(node).groups()).containsExactly("client");
            assertThat(find(node).permissions()).contains("sites.read").doesNotContain("logistics.read");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from person_designation where person_id = :person",
                "insert into designation_permission select id, 'sites.write' from designation"
                        + " where tenant_id = :tenant and code = 'driver'",
                "update designation_permission set permission = 'sites.write' where designation_id in"
                        + " (select id from designation where tenant_id = :tenant and code = 'driver')",
                "delete from designation_candidate_group where designation_id in"
                        + " (select id from designation where tenant_id = :tenant and code = 'driver')",
                "update person set active = false where id = :person",
                "update person set password_hash = 'x' where id = :person",
                "update person set name = 'Renamed' where id = :person",
                "update organisation set state = 'SUSPENDED' where code = :tenant",
                "update engagement set valid_to = date '2020-01-02' where principal_code = :tenant",
                "insert into organisation (code, version, kind, name, parent_code, state, state_since)"
                        + " values ('below-' || :person, 0, 'CIRCLE', 'Below', :tenant, 'ACTIVE', now())",
                "insert into permission_override"
                        + " values (:person, 0, :tenant, :person, 'sites.write', 'GRANT', null, 'r', 'x', now())"
            })
    void changeBehindTheApplicationIsSeen(String change) {
        SignedInPerson before = find(here);

        int changed = tables.sql(change)
                .param("person", person.id())
                .param("tenant", place.circle())
                .update();
        assertThat(changed).isPositive();

        assertThat(find(here)).isNotSameAs(before);
    }

    @Test
    void newCircleIsSeenByItsCorporate() {
        Person above = office.hire(place.corporate(), "coordinator");
        find(there, above);
        String circle = "third-" + Office.unique();

        organisations.create(circle, Organisation.Kind.CIRCLE, "Third", place.corporate());

        assertThat(find(there, above).tenants()).contains(circle);
    }

    @Test
    void newEngagementIsSeenByBothSides() {
        Person atVendor = office.hire(place.vendor(), "driver");
        Person atCircle = office.hire(place.otherCircle(), "driver");
        find(here, atVendor);
        find(there, atCircle);

        partners.engage(place.otherCircle(), place.vendor());

        String collaboration = place.otherCircle() + "~" + place.vendor();
        assertThat(find(here, atVendor).tenants()).contains(collaboration);
        assertThat(find(there, atCircle).tenants()).contains(collaboration);
    }

    @Test
    void nothingIsRememberedFromAChangeThatWasTakenBack() {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("delete from person_designation where person_id = :person")
                    .param("person", person.id())
                    .update();
            assertThat(find(here).groups()).isEmpty();
            status.setRollbackOnly();
        });
        assertThat(find(here).groups()).containsExactly("driver");

        transaction.executeWithoutResult(status -> jdbc.sql("update person set name = 'Renamed' where id = :person")
                .param("person", person.id())
                .update());
        assertThat(find(here).groups()).containsExactly("driver");
    }

    @Test
    void overrideEndsByItselfWhileRemembered() {
        Instant expiry = watch.now.plusSeconds(60);
        transaction.executeWithoutResult(status -> jdbc.sql(
                        """
                        insert into permission_override
                        values (:id, 0, :tenant, :person, 'sites.read', 'GRANT', :expiry, 'r', 'x', now())""")
                .param("id", UUID.randomUUID())
                .param("tenant", place.circle())
                .param("person", person.id())
                .param("expiry", Timestamp.from(expiry))
                .update());
        assertThat(find(here).permissions()).contains("sites.read");

        watch.now = expiry.minusMillis(1);
        assertThat(find(here).permissions()).contains("sites.read");
        watch.now = expiry;
        assertThat(find(here).permissions()).doesNotContain("sites.read");
    }

    @Test
    void nothingIsRememberedBeyondTheDay() {
        SignedInPerson before = find(here);

        transaction.executeWithoutResult(status -> {
            letTheNextDayBegin();
            assertThat(find(here)).isNotSameAs(before);
        });
    }

    @Test
    void otherZoneOfTheSessionIsNoOtherDay() {
        transaction.executeWithoutResult(status -> {
            SignedInPerson before = find(here);
            inAnotherZone(OffsetDateTime.now(ZoneOffset.UTC).getHour() < 12 ? "Etc/GMT+12" : "Etc/GMT-14");
            assertThat(find(here)).isSameAs(before);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Etc/GMT+12", "UTC", "Etc/GMT-14"})
    void engagementEndsWithItsDayInUtcWhateverTheZoneOfTheSession(String zone) {
        Person atVendor = office.hire(place.vendor(), "driver");
        String collaboration = place.circle() + "~" + place.vendor();

        transaction.executeWithoutResult(status -> {
            inAnotherZone(zone);
            LocalDate today = jdbc.sql("select cast(now() at time zone 'UTC' as date)")
                    .query(LocalDate.class)
                    .single();
            tables.sql("update engagement set valid_to = :today where tenant_id = :tenant")
                    .param("today", today)
                    .param("tenant", collaboration)
                    .update();
            assertThat(find(here, atVendor).tenants()).contains(collaboration);
            letTheNextDayBegin();
            assertThat(find(here, atVendor).tenants()).doesNotContain(collaboration);
        });
    }

    @AfterEach
    void removeTheNextDay() {
        tables.sql("drop schema if exists next_day cascade").update();
    }

    private void inAnotherZone(String zone) {
        jdbc.sql("set local time zone '" + zone + "'").update();
    }

    /** Puts another {@code now()} before the database's own, for the rest of the transaction. */
    private void letTheNextDayBegin() {
        tables.sql(
                        """
                        create schema next_day;
                        grant usage on schema next_day to public;
                        create function next_day.now() returns timestamptz language sql stable as
                          $$ select (date_trunc('day', pg_catalog.now() at time zone 'UTC') + interval '1 day')
                            at time zone 'UTC' $$""")
                .update();
        jdbc.sql("set local search_path = next_day, public, pg_catalog").update();
    }

    @Test
    void whatAccessDoesNotFollowFromLeavesItRemembered() {
        SignedInPerson before = find(here);

        transaction.executeWithoutResult(status -> jdbc.sql("update person set phone = '123' where tenant_id = :tenant")
                .param("tenant", place.circle())
                .update());

        assertThat(find(here)).isSameAs(before);
    }

    private SignedInPerson find(PersonDirectory node) {
        return find(node, person);
    }

    private SignedInPerson find(PersonDirectory node, Person somebody) {
        return transaction.execute(status -> node.find(somebody.username()).orElseThrow());
    }
}
