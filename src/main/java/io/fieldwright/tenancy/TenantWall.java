package io.fieldwright.tenancy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Tells PostgreSQL's row-level security in whose name each statement runs, whoever sends it: Hibernate, JDBC or the
 * engine (requirements, section 3, and ADR 0011). The settings are local to the transaction and are sent only when they
 * changed, so a pooled connection never carries them on, and a statement outside of a transaction sees no rows.
 */
class TenantWall extends DelegatingDataSource {

    private static final Set<String> BEFORE_STATEMENTS = Set.of("prepareStatement", "createStatement", "prepareCall");
    private static final Set<String> END_OF_TRANSACTION = Set.of("commit", "rollback", "setAutoCommit", "close");

    private static final String DECLARE =
            """
            select set_config('fieldwright.tenants', ?, true), set_config('fieldwright.actor', ?, true),
              set_config('fieldwright.origin', ?, true)""";

    private record Declaration(String tenants, String actor, String origin) {

        static Declaration now() {
            var authentication = SecurityContextHolder.getContext().getAuthentication();
            return new Declaration(
                    TenantScope.filterParameter(),
                    authentication == null ? "system" : authentication.getName(),
                    RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                            ? attributes.getRequest().getRemoteAddr()
                            : "");
        }
    }

    TenantWall(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return walled(super.getConnection());
    }

    private static Connection walled(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, new Declaring(connection));
    }

    private static final class Declaring implements java.lang.reflect.InvocationHandler {

        private final Connection connection;
        private @Nullable Declaration declared;

        Declaring(Connection connection) {
            this.connection = connection;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (BEFORE_STATEMENTS.contains(method.getName())) {
                declare();
            } else if (END_OF_TRANSACTION.contains(method.getName())) {
                declared = null;
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        }

        private void declare() throws SQLException {
            if (connection.getAutoCommit()) {
                return;
            }
            Declaration now = Declaration.now();
            if (now.equals(declared)) {
                return;
            }
            try (PreparedStatement statement = connection.prepareStatement(DECLARE)) {
                statement.setString(1, now.tenants());
                statement.setString(2, now.actor());
                statement.setString(3, now.origin());
                statement.execute();
            }
            declared = now;
        }
    }
}
