package io.fieldwright.tenancy;

import io.fieldwright.Partners;
import io.fieldwright.tenancy.TenantScope.TenantMember;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Fresh circles that must not see each other's rows, though both work with the same vendor. */
@Component
class Neighbours {

    /** Two circles of one corporate and the engagement that each has with the vendor. */
    record Pair(String here, String elsewhere, String vendor, Engagement own, Engagement foreign) {}

    private final Organisations organisations;
    private final Partners partners;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Neighbours(Organisations organisations, Partners partners, JdbcClient jdbc, TransactionTemplate transaction) {
        this.organisations = organisations;
        this.partners = partners;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    Pair pair() {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        String corporate = "corporate-" + unique;
        String here = "here-" + unique;
        String elsewhere = "elsewhere-" + unique;
        String vendor = "vendor-" + unique;
        organisations.create(corporate, Organisation.Kind.CORPORATE, corporate, null);
        organisations.create(here, Organisation.Kind.CIRCLE, here, corporate);
        organisations.create(elsewhere, Organisation.Kind.CIRCLE, elsewhere, corporate);
        organisations.create(vendor, Organisation.Kind.VENDOR, vendor, null);
        return new Pair(here, elsewhere, vendor, partners.engage(here, vendor), partners.engage(elsewhere, vendor));
    }

    /** Gives the circle here a team that is led by a person of the other; answers the id of the person. */
    UUID leadFromElsewhere(Pair pair) {
        UUID lead = UUID.randomUUID();
        TenantScope.asSystem(() -> transaction.executeWithoutResult(status -> {
            jdbc.sql("insert into person values (:id, 0, :tenant, :username, 'Lead', null, null, 'en', 'x', true)")
                    .param("id", lead)
                    .param("tenant", pair.elsewhere())
                    .param("username", lead.toString())
                    .update();
            jdbc.sql("insert into team values (:id, 0, :tenant, 'team', 'Team', :lead, null, null, true)")
                    .param("id", UUID.randomUUID())
                    .param("tenant", pair.here())
                    .param("lead", lead)
                    .update();
        }));
        return lead;
    }

    /** Somebody takes part in {@code tenants} only, until the security context is cleared. */
    static void signIn(Set<String> tenants) {
        TenantMember member = new TenantMember() {
            @Override
            public Set<String> tenants() {
                return tenants;
            }

            @Override
            public String organisation() {
                return "somewhere";
            }
        };
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(member, null));
    }
}
