package io.fieldwright.workflow;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.db.PersistenceSession;
import org.camunda.bpm.engine.impl.db.sql.BatchDbSqlSession;
import org.camunda.bpm.engine.impl.db.sql.DbSqlSessionFactory;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.jspecify.annotations.Nullable;

/** The engine's way to its tables, on which rows out of the caller's sight are not found. */
class BlindSession extends BatchDbSqlSession {

    /** Opens such sessions for commands that are to be blind, and the engine's own for all others. */
    static class Factory implements SessionFactory {

        @Override
        public Class<?> getSessionType() {
            return PersistenceSession.class;
        }

        @Override
        public Session openSession() {
            DbSqlSessionFactory sessions =
                    Context.getProcessEngineConfiguration().getDbSqlSessionFactory();
            return BlindRepetition.isBlind() ? new BlindSession(sessions) : sessions.openSession();
        }
    }

    /** How to read the tenant of an entity; the engine's entities have no type of their own for having one. */
    private static final ClassValue<@Nullable MethodHandle> TENANT = new ClassValue<>() {
        @Override
        protected @Nullable MethodHandle computeValue(Class<?> type) {
            try {
                return MethodHandles.publicLookup()
                        .findVirtual(type, "getTenantId", MethodType.methodType(String.class));
            } catch (ReflectiveOperationException none) {
                return null;
            }
        }
    };

    BlindSession(DbSqlSessionFactory sessions) {
        super(sessions);
    }

    @Override
    public <T extends DbEntity> @Nullable T selectById(Class<T> type, String id) {
        T found = super.selectById(type, id);
        return isInSight(found) ? found : null;
    }

    @Override
    public @Nullable Object selectOne(String statement, @Nullable Object parameter) {
        Object found = super.selectOne(statement, parameter);
        return isInSight(found) ? found : null;
    }

    @Override
    public List<?> selectList(String statement, @Nullable Object parameter) {
        List<Object> inSight = new ArrayList<>(super.selectList(statement, parameter));
        inSight.removeIf(found -> !isInSight(found));
        return inSight;
    }

    private static boolean isInSight(@Nullable Object found) {
        MethodHandle tenant = found instanceof DbEntity ? TENANT.get(found.getClass()) : null;
        if (tenant == null) {
            return true;
        }
        try {
            return Context.getCommandContext().getTenantManager().isAuthenticatedTenant((String) tenant.invoke(found));
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
