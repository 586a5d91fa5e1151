package io.fieldwright.workflow;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deploys the packaged processes, each by itself: a new version is made of the processes that changed and of no other. A
 * process or decision that a process owner deployed since is left in force (ADR 0007).
 */
@Component
class PackagedProcesses {

    /** The deployment source that tells our deployments from those of process owners. */
    static final String SOURCE = "packaged";

    private static final Logger log = LoggerFactory.getLogger(PackagedProcesses.class);

    private final RepositoryService repository;
    private final JdbcClient jdbc;
    private final List<PackagedProcess> processes;

    @Autowired
    PackagedProcesses(RepositoryService repository, JdbcClient jdbc, ResourcePatternResolver resources) {
        this(repository, jdbc, resources, "classpath:");
    }

    PackagedProcesses(RepositoryService repository, JdbcClient jdbc, ResourcePatternResolver resources, String root) {
        this.repository = repository;
        this.jdbc = jdbc;
        this.processes = read(resources, root);
    }

    private static List<PackagedProcess> read(ResourcePatternResolver resources, String root) {
        try {
            return Arrays.stream(resources.getResources(root + "processes/*.bpmn"))
                    .filter(Resource::exists)
                    .map(file -> PackagedProcess.read(resources, root, file))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    List<PackagedProcess> all() {
        return processes;
    }

    void deploy() {
        processes.forEach(this::deploy);
    }

    private void deploy(PackagedProcess process) {
        Optional<Map<String, String>> before = lastPackaged(process.key());
        boolean changed = before.filter(process.digests()::equals).isEmpty();
        List<String> edited = edited(process);
        if (!edited.isEmpty()) {
            if (changed) {
                log.warn(
                        "The packaged process {} changed but is not deployed, because process owners edited {}",
                        process.key(),
                        edited);
            } else {
                log.info("Process owners edited {} of the process {}; their version stays", edited, process.key());
            }
        } else if (changed) {
            DeploymentBuilder deployment =
                    repository.createDeployment().name(process.key()).source(SOURCE);
            process.files()
                    .forEach((name, content) -> deployment.addInputStream(name, new ByteArrayInputStream(content)));
            deployment.deploy();
            log.info(
                    "Deployed the process {} with {}",
                    process.key(),
                    process.files().keySet());
        }
    }

    /** Digests of what was last deployed by us for the process {@code key}, by resource name. */
    private Optional<Map<String, String>> lastPackaged(String key) {
        Map<String, String> digests = new TreeMap<>();
        jdbc.sql(
                        """
                        select name_, encode(sha256(bytes_), 'hex') as digest from act_ge_bytearray
                        where not coalesce(generated_, false) and deployment_id_ = (
                          select id_ from act_re_deployment where name_ = :key and source_ = :source
                          order by deploy_time_ desc, id_ desc limit 1)""")
                .param("key", key)
                .param("source", SOURCE)
                .query(row -> {
                    digests.put(row.getString("name_"), row.getString("digest"));
                });
        return digests.isEmpty() ? Optional.empty() : Optional.of(digests);
    }

    /** Keys of the process and its decisions of which a process owner's version is in force. */
    private List<String> edited(PackagedProcess process) {
        return jdbc.sql(
                        """
                        select definition.key_ from (
                          select distinct on (key_) key_, deployment_id_ from act_re_procdef
                          where key_ = :key and tenant_id_ is null order by key_, version_ desc
                        ) definition join act_re_deployment d on d.id_ = definition.deployment_id_
                        where d.source_ is distinct from :source
                        union all
                        select definition.key_ from (
                          select distinct on (key_) key_, deployment_id_ from act_re_decision_def
                          where key_ = any (:decisions) and tenant_id_ is null order by key_, version_ desc
                        ) definition join act_re_deployment d on d.id_ = definition.deployment_id_
                        where d.source_ is distinct from :source""")
                .param("key", process.key())
                .param("decisions", process.decisions().toArray(String[]::new))
                .param("source", SOURCE)
                .query(String.class)
                .list();
    }
}
