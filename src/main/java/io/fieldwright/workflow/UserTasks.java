package io.fieldwright.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwright.api.Listing;
import io.fieldwright.api.Problem;
import io.fieldwright.people.SignedInPerson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The signed-in person's tasks, for those who work through the domain API instead of Tasklist. Whose task it is, is
 * decided as in Tasklist ({@link TaskRules}).
 */
@Service
@Transactional
public class UserTasks {

    /** A task the signed-in person works on or may claim. */
    public record Offer(
            String id,
            String key,
            String name,
            String processKey,
            String processInstanceId,
            @Nullable String businessKey,
            @Nullable String tenantId,
            @Nullable String assignee,
            Instant created,
            @Nullable Instant due,
            List<String> candidateGroups) {}

    /** What to look for; null means any. */
    public record Search(@Nullable String processKey, @Nullable String businessKey, @Nullable String taskKey) {}

    /** The form of a task as Camunda Forms describe it, and the values it shows. */
    public record Form(@Nullable JsonNode schema, Map<String, Object> variables) {}

    /** What the engine keeps of a text; the endpoints of scan, loading and count take more. */
    private static final int LONGEST_TEXT = 4_000;

    private static final Map<String, String> SORTABLE = Map.of(
            "created", "t.create_time_", "due", "t.due_date_", "name", "t.name_", "businessKey", "p.business_key_");

    /** Whoever is in no group has no tasks, such as a key that is not for tasks. */
    private static final String FOUND =
            """
            where t.suspension_state_ = 1
              and cardinality(cast(:groups as text[])) > 0
              and (t.tenant_id_ is null or t.tenant_id_ = any (:tenants))
              and (cast(:sites as text[]) is null or exists (
                select from act_ru_variable v
                where v.execution_id_ = t.proc_inst_id_ and v.name_ = 'siteId' and v.text_ = any (:sites)))
              and (cast(:processKey as text) is null or exists (
                select from act_re_procdef s where s.id_ = t.proc_def_id_ and s.key_ = :processKey))
              and (cast(:businessKey as text) is null or exists (
                select from act_ru_execution s where s.id_ = t.proc_inst_id_ and s.business_key_ = :businessKey))
              and (cast(:taskKey as text) is null or t.task_def_key_ = :taskKey)
              and (cast(:id as text) is null or t.id_ = :id)
            """;

    private static final String OFFERED =
            """
            exists (
              select from act_ru_identitylink
              where task_id_ = t.id_ and type_ = 'candidate' and (group_id_ = any (:groups) or user_id_ = :username)""";

    /**
     * Goes through the tasks by age and asks of one after the other whether it is offered, which {@code offset 0} keeps
     * the planner from doing for all: a page takes as long at 100,000 open tasks as at 1,000.
     */
    private static final String SELECT =
            """
            select t.id_, t.task_def_key_, t.name_, d.key_ as process_key, t.proc_inst_id_, p.business_key_,
              t.tenant_id_, t.assignee_, t.create_time_, t.due_date_,
              array(select group_id_ from act_ru_identitylink
                where task_id_ = t.id_ and type_ = 'candidate' and group_id_ is not null order by 1) as groups
            from act_ru_task t
            join act_re_procdef d on d.id_ = t.proc_def_id_
            join act_ru_execution p on p.id_ = t.proc_inst_id_
            """
                    + FOUND
                    + " and (t.assignee_ = :username or (t.assignee_ is null or cast(:id as text) is not null) and "
                    + OFFERED
                    + " offset 0))";

    /** Two counts, because only without an alternative are tasks and candidates joined once for all. */
    private static final String COUNT =
            "select (select count(*) from act_ru_task t " + FOUND + " and t.assignee_ = :username)"
                    + " + (select count(*) from act_ru_task t " + FOUND + " and t.assignee_ is null and " + OFFERED
                    + "))";

    private final TaskService tasks;
    private final TaskForms forms;
    private final TaskRules rules;
    private final IdentityService identity;
    private final SystemWork system;
    private final JdbcClient jdbc;
    private final ProcessEngineConfigurationImpl engine;
    private final ObjectMapper json;

    UserTasks(
            TaskService tasks,
            TaskForms forms,
            TaskRules rules,
            IdentityService identity,
            SystemWork system,
            JdbcClient jdbc,
            ProcessEngineConfigurationImpl engine,
            ObjectMapper json) {
        this.tasks = tasks;
        this.forms = forms;
        this.rules = rules;
        this.identity = identity;
        this.system = system;
        this.jdbc = jdbc;
        this.engine = engine;
        this.json = json;
    }

    /**
     * The tasks assigned or offered to the signed-in person, oldest first unless sorted.
     *
     * @throws Problem 400 for a property that lists cannot be sorted by
     */
    @Transactional(readOnly = true)
    public Listing<Offer> list(Search search, Pageable page) {
        SignedInPerson person = signedIn();
        List<Offer> offers = query(SELECT + order(page.getSort()) + " limit :size offset :offset", person, search, null)
                .param("size", page.getPageSize())
                .param("offset", page.getOffset())
                .query(UserTasks::offer)
                .list();
        long total = query(COUNT, person, search, null).query(Long.class).single();
        return new Listing<>(offers, page.getPageNumber(), page.getPageSize(), total);
    }

    private static String order(Sort sort) {
        StringBuilder order = new StringBuilder(" order by ");
        for (Sort.Order by : sort.isSorted() ? sort : Sort.by("created")) {
            String column = SORTABLE.get(by.getProperty());
            if (column == null) {
                throw Problem.invalid("sort", "there is no property " + by.getProperty() + " to sort by");
            }
            order.append(column).append(by.isAscending() ? " asc, " : " desc, ");
        }
        return order.append("t.id_").toString();
    }

    /** @throws Problem 404 when it does not exist or is neither assigned nor offered to the signed-in person */
    @Transactional(readOnly = true)
    public Offer get(String id) {
        return query(SELECT, signedIn(), new Search(null, null, null), id)
                .query(UserTasks::offer)
                .optional()
                .orElseThrow(() -> Problem.notFound("task", id));
    }

    private JdbcClient.StatementSpec query(String sql, SignedInPerson person, Search search, @Nullable String id) {
        return jdbc.sql(sql)
                .param("username", person.username())
                .param("groups", person.groups().toArray(String[]::new))
                .param("tenants", person.tenants().toArray(String[]::new))
                .param("sites", sites(person), Types.ARRAY)
                .param("processKey", search.processKey(), Types.VARCHAR)
                .param("businessKey", search.businessKey(), Types.VARCHAR)
                .param("taskKey", search.taskKey(), Types.VARCHAR)
                .param("id", id, Types.VARCHAR);
    }

    private static String @Nullable [] sites(SignedInPerson person) {
        return person.sites() == null
                ? null
                : person.sites().stream().map(UUID::toString).toArray(String[]::new);
    }

    private static Offer offer(ResultSet row, int number) throws SQLException {
        Timestamp due = row.getTimestamp("due_date_");
        return new Offer(
                row.getString("id_"),
                row.getString("task_def_key_"),
                row.getString("name_"),
                row.getString("process_key"),
                row.getString("proc_inst_id_"),
                row.getString("business_key_"),
                row.getString("tenant_id_"),
                row.getString("assignee_"),
                row.getTimestamp("create_time_").toInstant(),
                due == null ? null : due.toInstant(),
                List.of((String[]) row.getArray("groups").getArray()));
    }

    /** @throws Problem 404 as {@link #get}, 403 when it was claimed and is no longer offered to the signed-in person */
    @Transactional(readOnly = true)
    public Form form(String id) {
        get(id);
        asPerson(() -> engine.getCommandExecutorTxRequired().execute(context -> {
            rules.requireStillOffered(context.getTaskManager().findTaskById(id));
            return null;
        }));
        return system.run(() -> {
            Map<String, Object> shown = new TreeMap<>();
            tasks.getVariablesLocal(id).forEach((name, value) -> shown.put(name, plain(value)));
            JsonNode schema = engine.getCommandExecutorTxRequired()
                    .execute(context -> forms.schemaOf(context.getTaskManager().findTaskById(id)));
            return new Form(schema, shown);
        });
    }

    private @Nullable Object plain(@Nullable Object value) {
        if (value instanceof SpinJsonNode node) {
            try {
                return json.readTree(node.toString());
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return value;
    }

    /** @throws Problem 404 as {@link #get}, 403 when somebody else claimed it */
    public void claim(String id) {
        get(id);
        asPerson(() -> tasks.claim(id, signedIn().username()));
    }

    /** Gives a claimed task back to its candidates. @throws Problem as {@link #claim} */
    public void unclaim(String id) {
        Offer offer = get(id);
        if (!signedIn().username().equals(offer.assignee())) {
            throw Problem.conflict("assignee", "you have not claimed this task");
        }
        if (offer.candidateGroups().isEmpty()) {
            throw Problem.conflict("assignee", "this task is offered to nobody else");
        }
        asPerson(() -> tasks.setAssignee(id, null));
    }

    /**
     * Completes a task with the answers to its form.
     *
     * @throws Problem 404 as {@link #get}, 403 when somebody else claimed it, 400 for answers the form refuses
     */
    public void complete(String id, Map<String, Object> answers) {
        get(id);
        answers.forEach((name, value) -> {
            if (!(value == null || value instanceof String || value instanceof Number || value instanceof Boolean)) {
                throw Problem.invalid(name, "must be a text, a number or true or false");
            }
            if (value instanceof String text && text.length() > LONGEST_TEXT) {
                throw Problem.invalid(name, "must not be longer than " + LONGEST_TEXT + " characters");
            }
        });
        asPerson(() -> tasks.complete(id, answers));
    }

    /**
     * Completes the one open task {@code taskKey} of the process that works on {@code id}, as the signed-in person. The
     * answers come from an endpoint of ours and may say more than the form asks for, such as a position.
     *
     * @throws Problem 409 when the process is not at that task, 403 when the task is somebody else's, 400 for answers
     *     the process refuses
     */
    public void complete(String taskKey, String idVariable, String id, Map<String, Object> answers) {
        CompleteTaskCmd completion = completion(taskKey, idVariable, id, answers);
        asPerson(() -> execute(completion));
    }

    /**
     * As {@link #complete(String, String, String, Map)}, where it follows from what its person did before or what somebody
     * decided who does not work on the task.
     */
    public void completeAsSystem(String taskKey, String idVariable, String id, Map<String, Object> answers) {
        CompleteTaskCmd completion = completion(taskKey, idVariable, id, answers);
        system.run(() -> execute(completion));
    }

    /** @throws OptimisticLockingFailureException when somebody else moved the process at the same moment */
    private void execute(CompleteTaskCmd completion) {
        try {
            engine.getCommandExecutorTxRequired().execute(completion);
        } catch (OptimisticLockingException overtaken) {
            throw new OptimisticLockingFailureException("the process was moved at the same moment", overtaken);
        }
    }

    private CompleteTaskCmd completion(String taskKey, String idVariable, String id, Map<String, Object> answers) {
        List<Task> waiting = system.run(() -> tasks.createTaskQuery()
                .taskDefinitionKey(taskKey)
                .processVariableValueEquals(idVariable, id)
                .active()
                .list());
        if (waiting.size() != 1) {
            throw Problem.conflict("state", "the process is not waiting for this");
        }
        VariableMap passing = Variables.createVariables();
        answers.forEach((name, value) -> passing.putValue(name, Variables.untypedValue(value, true)));
        return new CompleteTaskCmd(waiting.get(0).getId(), passing);
    }

    private static SignedInPerson signedIn() {
        return SignedInPerson.current().orElseThrow(() -> Problem.forbidden("Tasks are worked on by people."));
    }

    private void asPerson(Runnable work) {
        var before = identity.getCurrentAuthentication();
        SignedInPerson.current()
                .ifPresent(person -> identity.setAuthentication(
                        person.username(), List.copyOf(person.groups()), List.copyOf(person.tenants())));
        try {
            work.run();
        } finally {
            if (before == null) {
                identity.clearAuthentication();
            } else {
                identity.setAuthentication(before.getUserId(), before.getGroupIds(), before.getTenantIds());
            }
        }
    }
}
