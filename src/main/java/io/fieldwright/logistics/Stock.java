package io.fieldwright.logistics;

import io.fieldwright.api.Identifiers;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.TenantScope;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What warehouses hold: a ledger of movements, whose sum is the balance (requirements, section 11). */
@Service
@Transactional
public class Stock {

    /** Why stock moved. */
    public enum Reason {
        RECEIVED,
        MOVED,
        SCRAPPED
    }

    /** Pieces of one category and condition in one warehouse. */
    public record Balance(UUID warehouseId, String category, String condition, long quantity, double kilograms) {}

    /** One line of the ledger; {@code reference} is the receipt it comes from. */
    record Movement(UUID warehouseId, ReceiptLine line, int quantity, Reason reason, UUID reference) {}

    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final Clock clock;

    Stock(JdbcTemplate jdbc, JdbcClient client, Clock clock) {
        this.jdbc = jdbc;
        this.client = client;
        this.clock = clock;
    }

    void move(String tenantId, Collection<Movement> movements) {
        Timestamp now = Timestamp.from(clock.instant());
        String who = SignedInPerson.currentUsername();
        jdbc.batchUpdate(
                """
                insert into stock_movement (id, tenant_id, warehouse_id, item_id, category_code, condition, quantity,
                  weight_kilograms, reason, reference, at, by_whom) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                movements,
                100,
                (statement, movement) -> {
                    ReceiptLine line = movement.line();
                    statement.setObject(1, Identifiers.next());
                    statement.setString(2, tenantId);
                    statement.setObject(3, movement.warehouseId());
                    statement.setObject(4, line.itemId());
                    statement.setString(5, line.categoryCode());
                    statement.setString(6, line.finalCondition().id());
                    statement.setInt(7, movement.quantity());
                    statement.setDouble(8, movement.quantity() * line.weightKilograms());
                    statement.setString(9, movement.reason().name());
                    statement.setObject(10, movement.reference());
                    statement.setTimestamp(11, now);
                    statement.setString(12, who);
                });
    }

    /** Books out, wherever they are in stock, items that another count found: an item is in stock once. */
    void release(Collection<UUID> items, UUID reference) {
        client.sql(
                        """
                        insert into stock_movement (id, tenant_id, warehouse_id, item_id, category_code, condition,
                          quantity, weight_kilograms, reason, reference, at, by_whom)
                        select gen_random_uuid(), tenant_id, warehouse_id, item_id, category_code, condition,
                          -sum(quantity), -sum(weight_kilograms), 'MOVED', :reference, :at, :who
                        from stock_movement where item_id = any(:items)
                        group by tenant_id, warehouse_id, item_id, category_code, condition
                        having sum(quantity) <> 0""")
                .param("items", items.toArray(UUID[]::new))
                .param("reference", reference)
                .param("at", Timestamp.from(clock.instant()))
                .param("who", SignedInPerson.currentUsername())
                .update();
    }

    /** Whether any warehouse has the item in stock. */
    boolean holds(UUID item) {
        return client.sql("select coalesce(sum(quantity), 0) > 0 from stock_movement where item_id = :item")
                .param("item", item)
                .query(Boolean.class)
                .single();
    }

    /** What is in the warehouses in sight, or in one of them, by category and condition. */
    @Transactional(readOnly = true)
    public List<Balance> balances(@Nullable UUID warehouseId) {
        Collection<String> tenants = TenantScope.visible();
        return client.sql(
                        """
                        select warehouse_id, category_code, condition, sum(quantity) as quantity,
                          sum(weight_kilograms) as kilograms
                        from stock_movement
                        where (cast(:warehouse as uuid) is null or warehouse_id = :warehouse)
                          and (:everything or tenant_id = any(:tenants))
                        group by warehouse_id, category_code, condition having sum(quantity) <> 0
                        order by warehouse_id, category_code, condition""")
                .param("warehouse", warehouseId)
                .param("everything", tenants == null)
                .param("tenants", tenants == null ? new String[0] : tenants.toArray(String[]::new))
                .query((row, number) -> new Balance(
                        row.getObject("warehouse_id", UUID.class),
                        row.getString("category_code"),
                        row.getString("condition"),
                        row.getLong("quantity"),
                        row.getDouble("kilograms")))
                .list();
    }

    /** Kilograms in stock and on the way, by warehouse; what is absent from the map holds nothing. */
    Map<UUID, Double> committedKilograms(Collection<UUID> warehouses) {
        Map<UUID, Double> committed = new HashMap<>();
        client.sql(
                        """
                        select warehouse_id, sum(kilograms) as kilograms from (
                          select warehouse_id, weight_kilograms as kilograms from stock_movement
                            where warehouse_id = any(:warehouses)
                          union all
                          select r.warehouse_id, l.expected_quantity * l.weight_kilograms
                            from receipt r join receipt_line l on l.receipt_id = r.id
                            where r.warehouse_id = any(:warehouses) and r.state in ('EXPECTED', 'COUNTED')) as load
                        group by warehouse_id""")
                .param("warehouses", warehouses.toArray(UUID[]::new))
                .query((row, number) ->
                        committed.put(row.getObject("warehouse_id", UUID.class), row.getDouble("kilograms")))
                .list();
        return committed;
    }
}
