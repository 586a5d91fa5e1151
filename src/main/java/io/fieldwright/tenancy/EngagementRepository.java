package io.fieldwright.tenancy;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface EngagementRepository extends JpaRepository<Engagement, UUID> {

    @Query(
            """
            select e from Engagement e
            where e.circleCode = :circle and e.validFrom <= :day and (e.validTo is null or e.validTo >= :day)
            order by e.vendorCode""")
    List<Engagement> findValid(String circle, LocalDate day);

    List<Engagement> findByCircleCodeAndVendorCode(String circleCode, String vendorCode);
}
