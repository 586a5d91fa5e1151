package io.fieldwright.processes;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Keeps the SQL that each thread sends to the database, whoever sends it: Hibernate, JDBC or the engine. A batch is one
 * statement, as it is one round trip.
 */
public final class CountedStatements {

    private static final ThreadLocal<List<String>> SENT = ThreadLocal.withInitial(ArrayList::new);

    /** Puts the count behind the application's pool. */
    @TestConfiguration
    public static class OfTheApplication {

        @Bean
        static BeanPostProcessor countStatements() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource source ? counted(source) : bean;
                }
            };
        }
    }

    private CountedStatements() {}

    static DataSource counted(DataSource source) {
        return new DelegatingDataSource(source) {
            @Override
            public Connection getConnection() throws SQLException {
                return counted(Connection.class, super.getConnection(), "");
            }
        };
    }

    /** What this thread sent since it was last asked. */
    public static List<String> take() {
        List<String> sent = List.copyOf(SENT.get());
        SENT.get().clear();
        return sent;
    }

    private static <T> T counted(Class<T> type, T target, String sql) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    String named = given != null && given.length > 0 && given[0] instanceof String text ? text : sql;
                    if (method.getName().startsWith("execute")) {
                        SENT.get().add(named);
                    }
                    try {
                        Object result = method.invoke(target, given);
                        if (result instanceof PreparedStatement statement) {
                            return counted(PreparedStatement.class, statement, named);
                        }
                        return result instanceof Statement statement
                                ? counted(Statement.class, statement, sql)
                                : result;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                }));
    }
}
