package io.fieldwright.tenancy;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.springframework.data.jpa.repository.support.JpaEntityInformation;
import org.springframework.data.jpa.repository.support.SimpleJpaRepository;

/**
 * Every repository of the application: a load by id finds only what is in sight, also when the system loaded the row
 * earlier in the same transaction. Queries are filtered by Hibernate; its filter on loads by id is not used, because it
 * fails every load of a row that refers to one out of sight, such as a vendor's allocation to the circle's project.
 */
class ScopedRepository<T, I> extends SimpleJpaRepository<T, I> {

    ScopedRepository(JpaEntityInformation<T, ?> entityInformation, EntityManager entityManager) {
        super(entityInformation, entityManager);
    }

    @Override
    public Optional<T> findById(I id) {
        return super.findById(id)
                .filter(row -> !(row instanceof TenantOwned owned) || TenantScope.sees(owned.tenantId()));
    }
}
