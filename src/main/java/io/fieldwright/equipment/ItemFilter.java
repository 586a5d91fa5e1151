package io.fieldwright.equipment;

import jakarta.persistence.criteria.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;

/** Which items a list is about; what is null does not narrow it. */
public record ItemFilter(
        @Nullable String serialNumber,
        @Nullable UUID modelId,
        @Nullable String categoryCode,
        @Nullable Condition condition,
        Place.@Nullable Kind placeKind,
        @Nullable UUID placeId,
        @Nullable UUID parentId) {

    Specification<EquipmentItem> specification() {
        List<Specification<EquipmentItem>> conditions = new ArrayList<>();
        narrow(conditions, serialNumber, "serialNumber");
        narrow(conditions, modelId, "model", "id");
        narrow(conditions, categoryCode, "model", "category", "code");
        narrow(conditions, condition, "condition");
        narrow(conditions, placeKind, "place", "kind");
        narrow(conditions, placeId, "place", "id");
        narrow(conditions, parentId, "parentId");
        return Specification.allOf(conditions);
    }

    private static void narrow(
            List<Specification<EquipmentItem>> conditions, @Nullable Object value, String... attributes) {
        if (value != null) {
            conditions.add((item, query, criteria) -> {
                Path<?> path = item;
                for (String attribute : attributes) {
                    path = path.get(attribute);
                }
                return criteria.equal(path, value);
            });
        }
    }
}
