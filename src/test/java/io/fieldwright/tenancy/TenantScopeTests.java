package io.fieldwright.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.people.Person;
import io.fieldwright.people.Team;
import io.fieldwright.tenancy.TenantScope.TenantMember;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.support.TransactionTemplate;

@FieldwrightTest
class TenantScopeTests {

    private static final LocalDate DAY = LocalDate.of(2026, 1, 15);

    @Autowired
    private Organisations organisations;

    @Autowired
    private EngagementRepository engagements;

    @Autowired
    private EntityManager entities;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    private String here;
    private String elsewhere;
    private String vendor;
    private Engagement own;
    private Engagement foreign;

    @BeforeEach
    void twoCirclesEngageOneVendor() {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        String corporate = "corporate-" + unique;
        here = "here-" + unique;
        elsewhere = "elsewhere-" + unique;
        vendor = "vendor-" + unique;
        organisations.create(corporate, Organisation.Kind.CORPORATE, corporate, null);
        organisations.create(here, Organisation.Kind.CIRCLE, here, corporate);
        organisations.create(elsewhere, Organisation.Kind.CIRCLE, elsewhere, corporate);
        organisations.create(vendor, Organisation.Kind.VENDOR, vendor, null);
        own = organisations.engage(here, vendor, DAY, null);
        foreign = organisations.engage(elsewhere, vendor, DAY, null);
        signIn(Set.of(here, own.tenantId()));
    }

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void loadsByIdFindOnlyWhatIsInSight() {
        assertThat(engagements.findById(own.id())).isPresent();
        assertThat(engagements.findById(foreign.id())).isEmpty();
        assertThat(engagements.existsById(foreign.id())).isFalse();
        assertThat(engagements.findAllById(List.of(own.id(), foreign.id())))
                .extracting(Engagement::id)
                .containsExactly(own.id());
    }

    @Test
    void queriesOfEveryKindAndCountsFindOnlyWhatIsInSight() {
        transaction.executeWithoutResult(status -> findOnlyWhatIsInSight());
    }

    private void findOnlyWhatIsInSight() {
        assertThat(engagements.findValid(elsewhere, DAY)).isEmpty();
        assertThat(engagements.findValid(here, DAY)).hasSize(1);
        assertThat(engagements.findByCircleCodeAndVendorCode(elsewhere, vendor)).isEmpty();
        assertThat(engagements.findByCircleCodeAndVendorCode(here, vendor)).hasSize(1);
        assertThat(engagements.count()).isEqualTo(1);
        assertThat(engagements.findAll(PageRequest.of(0, 1)).getTotalElements()).isEqualTo(1);
        assertThat(engagements.findAll()).extracting(Engagement::tenantId).containsExactly(own.tenantId());
    }

    @Test
    void bulkChangesTouchOnlyWhatIsInSight() {
        int changed = transaction.execute(
                status -> entities.createQuery("update Engagement e set e.validTo = :day where e.vendorCode = :vendor")
                        .setParameter("day", DAY)
                        .setParameter("vendor", vendor)
                        .executeUpdate());

        assertThat(changed).isEqualTo(1);
        TenantScope.asSystem(() -> assertThat(
                        engagements.findById(foreign.id()).orElseThrow().validTo())
                .isNull());
    }

    @Test
    void thoseWhoTakePartInNothingSeeNothing() {
        signIn(Set.of());

        assertThat(engagements.count()).isZero();
        assertThat(engagements.findById(own.id())).isEmpty();
    }

    @Test
    void oneTransactionMaySeeMoreForAWhile() {
        transaction.executeWithoutResult(status -> {
            assertThat(engagements.findById(foreign.id())).isEmpty();
            assertThat(engagements.findByCircleCodeAndVendorCode(elsewhere, vendor))
                    .isEmpty();
            TenantScope.asSystem(() -> {
                assertThat(engagements.findByCircleCodeAndVendorCode(elsewhere, vendor))
                        .hasSize(1);
                assertThat(engagements.findById(foreign.id())).isPresent();
            });
            entities.clear();
            assertThat(engagements.findByCircleCodeAndVendorCode(elsewhere, vendor))
                    .isEmpty();
            assertThat(engagements.findById(foreign.id())).isEmpty();
        });
    }

    @Test
    void whatTheSystemLoadedIsOutOfSightAgainAfterwards() {
        transaction.executeWithoutResult(status -> {
            TenantScope.asSystem(
                    () -> assertThat(engagements.findById(foreign.id())).isPresent());
            assertThat(engagements.findById(foreign.id())).isEmpty();
        });
    }

    @Test
    void aRowInSightMayReferToOneThatIsNot() {
        UUID lead = UUID.randomUUID();
        TenantScope.asSystem(() -> transaction.executeWithoutResult(status -> {
            jdbc.sql("insert into person values (:id, 0, :tenant, :username, 'Lead', null, null, 'en', 'x', true)")
                    .param("id", lead)
                    .param("tenant", elsewhere)
                    .param("username", lead.toString())
                    .update();
            jdbc.sql("insert into team values (:id, 0, :tenant, 'team', 'Team', :lead, null, null, true)")
                    .param("id", UUID.randomUUID())
                    .param("tenant", here)
                    .param("lead", lead)
                    .update();
        }));

        transaction.executeWithoutResult(status -> {
            assertThat(entities.createQuery("select t from Team t", Team.class).getResultList())
                    .extracting(team -> team.lead().name())
                    .containsExactly("Lead");
            assertThat(entities.createQuery("select p from Person p", Person.class)
                            .getResultList())
                    .isEmpty();
        });
    }

    private static void signIn(Set<String> tenants) {
        TenantMember member = () -> tenants;
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(member, null));
    }
}
