package io.fieldwright.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.people.Person;
import io.fieldwright.people.Team;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.support.TransactionTemplate;

@FieldwrightTest
class TenantScopeTests {

    private static final LocalDate DAY = LocalDate.of(2026, 1, 15);

    @Autowired
    private Neighbours circles;

    @Autowired
    private EngagementRepository engagements;

    @Autowired
    private EntityManager entities;

    @Autowired
    private TransactionTemplate transaction;

    private Neighbours.Pair neighbours;
    private Engagement own;
    private Engagement foreign;

    @BeforeEach
    void twoCirclesEngageOneVendor() {
        neighbours = circles.pair();
        own = neighbours.own();
        foreign = neighbours.foreign();
        Neighbours.signIn(Set.of(neighbours.here(), own.tenantId()));
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
        assertThat(engagements.findByTenantId(foreign.tenantId())).isEmpty();
        assertThat(engagements.findByTenantId(own.tenantId())).hasSize(1);
        assertThat(engagements.lock(foreign.id())).isEmpty();
        assertThat(engagements.lock(own.id())).isPresent();
        assertThat(engagements.count()).isEqualTo(1);
        assertThat(engagements.findAll(PageRequest.of(0, 1)).getTotalElements()).isEqualTo(1);
        assertThat(engagements.findAll()).extracting(Engagement::tenantId).containsExactly(own.tenantId());
    }

    @Test
    void bulkChangesTouchOnlyWhatIsInSight() {
        int changed = transaction.execute(
                status -> entities.createQuery("update Engagement e set e.validTo = :day where e.vendorCode = :vendor")
                        .setParameter("day", DAY)
                        .setParameter("vendor", neighbours.vendor())
                        .executeUpdate());

        assertThat(changed).isEqualTo(1);
        TenantScope.asSystem(() -> assertThat(
                        engagements.findById(foreign.id()).orElseThrow().validTo())
                .isNull());
    }

    @Test
    void thoseWhoTakePartInNothingSeeNothing() {
        Neighbours.signIn(Set.of());

        assertThat(engagements.count()).isZero();
        assertThat(engagements.findById(own.id())).isEmpty();
    }

    @Test
    void oneTransactionMaySeeMoreForAWhile() {
        transaction.executeWithoutResult(status -> {
            assertThat(engagements.findById(foreign.id())).isEmpty();
            assertThat(engagements.findByTenantId(foreign.tenantId())).isEmpty();
            TenantScope.asSystem(() -> {
                assertThat(engagements.findByTenantId(foreign.tenantId())).hasSize(1);
                assertThat(engagements.findById(foreign.id())).isPresent();
            });
            entities.clear();
            assertThat(engagements.findByTenantId(foreign.tenantId())).isEmpty();
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
        circles.leadFromElsewhere(neighbours);

        transaction.executeWithoutResult(status -> {
            assertThat(entities.createQuery("select t from Team t", Team.class).getResultList())
                    .extracting(team -> team.lead().name())
                    .containsExactly("Lead");
            assertThat(entities.createQuery("select p from Person p", Person.class)
                            .getResultList())
                    .isEmpty();
        });
    }
}
