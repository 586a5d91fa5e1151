package io.fieldwright.workflow;

import io.fieldwright.tenancy.TenantScope;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which versions of processes and decisions are in force and where they came from. */
@Service
@Transactional(readOnly = true)
public class ProcessVersions {

    /** What a definition is. */
    public enum Kind {
        PROCESS,
        DECISION
    }

    /** Where the version in force came from: with the application, or from a process owner. */
    public enum Origin {
        PACKAGED,
        EDITED
    }

    /**
     * The version in force of one definition.
     *
     * @param drift whether the application brings another content than what is in force
     * @param deployedBy username of the process owner; null for what the application brought or a stranger did
     */
    public record InForce(
            String key,
            @Nullable String name,
            Kind kind,
            int version,
            Origin origin,
            boolean drift,
            @Nullable String deployedBy,
            Instant deployedAt) {}

    private record File(String name, String digest) {}

    private static final String IN_FORCE =
            """
            with latest as (
              select * from (
                select distinct on (key_) 'PROCESS' as kind, key_, name_, version_, deployment_id_, resource_name_
                from act_re_procdef where tenant_id_ is null order by key_, version_ desc) process
              union all
              select * from (
                select distinct on (key_) 'DECISION', key_, name_, version_, deployment_id_, resource_name_
                from act_re_decision_def where tenant_id_ is null order by key_, version_ desc) decision)
            select latest.*, d.source_, d.deploy_time_,
              (select p.username from act_hi_op_log o join person p on p.username = o.user_id_
                where o.deployment_id_ = d.id_ and o.operation_type_ = 'Create' and o.entity_type_ = 'Deployment'
                  and (cast(:tenants as text[]) is null or p.tenant_id = any (:tenants)) limit 1) as deployed_by
            from latest join act_re_deployment d on d.id_ = latest.deployment_id_
            order by kind desc, key_
            """;

    private static final String FILES =
            """
            select deployment_id_, name_, encode(sha256(bytes_), 'hex') as digest from act_ge_bytearray
            where not coalesce(generated_, false) and deployment_id_ in (
              select deployment_id_ from (
                select distinct on (key_) deployment_id_ from act_re_procdef where tenant_id_ is null
                order by key_, version_ desc) process
              union
              select deployment_id_ from (
                select distinct on (key_) deployment_id_ from act_re_decision_def where tenant_id_ is null
                order by key_, version_ desc) decision)
            """;

    private final JdbcClient jdbc;
    private final PackagedProcesses packaged;

    ProcessVersions(JdbcClient jdbc, PackagedProcesses packaged) {
        this.jdbc = jdbc;
        this.packaged = packaged;
    }

    /** Processes first, each kind by key. */
    public List<InForce> inForce() {
        Map<String, Set<File>> files = new HashMap<>();
        jdbc.sql(FILES).query(row -> {
            files.computeIfAbsent(row.getString("deployment_id_"), id -> new HashSet<>())
                    .add(new File(row.getString("name_"), row.getString("digest")));
        });
        Collection<String> tenants = TenantScope.visible();
        return jdbc.sql(IN_FORCE)
                .param("tenants", tenants == null ? null : tenants.toArray(String[]::new), Types.ARRAY)
                .query((row, number) -> {
                    Kind kind = Kind.valueOf(row.getString("kind"));
                    String key = row.getString("key_");
                    boolean ours = PackagedProcesses.SOURCE.equals(row.getString("source_"));
                    return new InForce(
                            key,
                            row.getString("name_"),
                            kind,
                            row.getInt("version_"),
                            ours ? Origin.PACKAGED : Origin.EDITED,
                            drifted(
                                    kind,
                                    key,
                                    row.getString("resource_name_"),
                                    files.getOrDefault(row.getString("deployment_id_"), Set.of())),
                            row.getString("deployed_by"),
                            row.getTimestamp("deploy_time_").toInstant());
                })
                .list();
    }

    private boolean drifted(Kind kind, String key, String resourceName, Set<File> inForce) {
        return packaged.all().stream()
                .filter(process -> kind == Kind.PROCESS
                        ? process.key().equals(key)
                        : process.decisions().contains(key))
                .anyMatch(process -> process.digests().entrySet().stream()
                        .filter(file -> kind == Kind.PROCESS
                                ? !file.getKey().endsWith(".dmn")
                                : file.getKey().equals(key + ".dmn"))
                        .anyMatch(file -> !inForce.contains(new File(
                                file.getKey().endsWith(".form") ? file.getKey() : resourceName, file.getValue()))));
    }
}
