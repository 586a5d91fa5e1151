package io.fieldwright.workflow;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.db.FlushResult;
import org.camunda.bpm.engine.impl.db.PersistenceSession;
import org.camunda.bpm.engine.impl.db.entitymanager.operation.DbBulkOperation;
import org.camunda.bpm.engine.impl.db.entitymanager.operation.DbOperation;
import org.camunda.bpm.engine.impl.db.sql.BatchDbSqlSession;
import org.camunda.bpm.engine.impl.db.sql.DbSqlSessionFactory;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
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

    /** What was not found must not come to the command's cache either, where it would be found the next time. */
    @Override
    protected void fireEntityLoaded(@Nullable Object loaded) {
        if (isInSight(loaded)) {
            super.fireEntityLoaded(loaded);
        }
    }

    /** Of what names something out of sight nothing is written; ids of nothing have no rows to write either. */
    @Override
    public FlushResult executeDbOperations(List<DbOperation> operations) {
        return super.executeDbOperations(operations.stream()
                .filter(operation -> !(operation instanceof DbBulkOperation bulk
                        && bulk.getParameter() instanceof Map<?, ?> named
                        && named.values().stream().anyMatch(this::isOutOfSight)))
                .toList());
    }

    private boolean isOutOfSight(@Nullable Object id) {
        return id instanceof String text
                && Stream.of(ExecutionEntity.class, TaskEntity.class, JobEntity.class)
                        .anyMatch(type -> !isInSight(super.selectById(type, text)));
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
