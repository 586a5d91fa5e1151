package io.fieldwright.fieldwork;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface ExecutionRepository extends JpaRepository<Execution, UUID> {

    List<Execution> findByFieldTaskIdOrderByOpenedAtAscIdAsc(UUID fieldTaskId);

    List<Execution> findByFieldTaskIdAndRoundGreaterThanEqual(UUID fieldTaskId, int round);
}
