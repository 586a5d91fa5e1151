package io.fieldwright.tenancy;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.springframework.data.jpa.repository.support.JpaEntityInformation;
import org.springframework.data.jpa.repository.support.SimpleJpaRepository;

/**
 * Every repository of the application: a load by id finds only what is in sight, also when the system loaded the row
 * earlier in the same transaction. Queries are filtered by Hibernate; its filter on loads by id is not used, because it
 * fails every load of a row that refers to one out of sight, such as a vendor's allocation to the circle's project. For
 * people who are limited to some sites the row is looked for once more with a query.
 */
class ScopedRepository<T, I> extends SimpleJpaRepository<T, I> {

    private final String id;

    ScopedRepository(JpaEntityInformation<T, ?> entityInformation, EntityManager entityManager) {
        super(entityInformation, entityManager);
        this.id = entityInformation.getRequiredIdAttribute().getName();
    }

    @Override
    public Optional<T> findById(I id) {
        return super.findById(id)
                .filter(row -> !(row instanceof TenantOwned owned) || TenantScope.sees(owned.tenantId()))
                .filter(row -> TenantScope.visibleSites() == null || isAtVisibleSite(id));
    }

    private boolean isAtVisibleSite(I id) {
        return exists((row, query, criteria) -> criteria.equal(row.get(this.id), id));
    }
}
