package io.fieldwright.tenancy;

import org.springframework.data.jpa.repository.JpaRepository;

interface TelecomCircleRepository extends JpaRepository<TelecomCircle, String> {}
