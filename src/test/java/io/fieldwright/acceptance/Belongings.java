package io.fieldwright.acceptance;

import io.fieldwright.acceptance.Endpoint.In;
import io.fieldwright.acceptance.Endpoint.Parameter;
import io.fieldwright.people.CandidateGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What each tenant has in the database, ours and the engine's, by kind: every table that knows tenants is one, named
 * without the engine's prefixes. Which kind a parameter of an endpoint asks for is guessed from its name; what cannot be
 * guessed asks for all.
 */
final class Belongings {

    /** The kind of what all tenants share, such as models: using it must not touch what others made of it. */
    static final String SHARED = "shared";

    static final String TENANT = "tenant";
    static final String MARKER = "marker";
    static final String BUSINESS_KEY = "businessKey";

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern NAME_TEXT = Pattern.compile("[\\w.-]+");
    private static final List<String> IDENTIFIERS =
            List.of("id", "id_", "code", "username", "registration", "serial_number", "batch_id_");

    /** What the engine's names for things have in them, and where these things are kept. */
    private static final Map<String, List<String>> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("tenant", List.of(TENANT));
        WORDS.put("businesskey", List.of(BUSINESS_KEY));
        WORDS.put("group", List.of("group"));
        WORDS.put("user|assignee|owner|lead|member|manager|people|author|driver", List.of("person"));
        WORDS.put(
                "jobdefinition|job-definition|processdefinition|process-definition|deployment|^key$", List.of(SHARED));
        WORDS.put("decisioninstance|decision-instance", List.of("decinst"));
        WORDS.put("processinstance|process-instance", List.of("procinst"));
        WORDS.put("execution", List.of("execution"));
        WORDS.put("activityinstance|activity-instance|transitioninstance", List.of("actinst"));
        WORDS.put("external", List.of("ext_task"));
        WORDS.put("task", List.of("task", "taskinst"));
        WORDS.put("variableinstance|variable-instance", List.of("variable", "varinst"));
        WORDS.put("subscription", List.of("event_subscr"));
        WORDS.put("operation", List.of("op_log"));
        WORDS.put("^job", List.of("job", "job_log"));
        WORDS.put("circle|vendor|corporate", List.of("organisation"));
    }

    /** The audit seals by itself, a second later, what was written before. */
    private static final Set<String> SEALED_MEANWHILE = Set.of("audit_chain", "audit_open", "audit_seal");

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Neighbourhood neighbourhood;
    private final Map<String, String> tenantColumns = new TreeMap<>();
    /** Tables whose rows belong to a process and may know no tenant. */
    private final List<String> processTables;

    /** Kind, tenant, identifiers of one of its rows. */
    private final Map<String, Map<String, List<String>>> examples = new TreeMap<>();

    private final Map<String, Set<String>> ids = new HashMap<>();

    /** Ids of rows and names of people that stand in a tenant's rows. */
    private final Map<String, Set<String>> mentioned = new HashMap<>();

    private final Set<String> usernames = new HashSet<>();

    /** Compliance documents, which those see too who have the organisation work for them. */
    private final Map<String, Set<String>> shownToPartners = new HashMap<>();

    Belongings(JdbcClient jdbc, TransactionTemplate transaction, Neighbourhood neighbourhood) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.neighbourhood = neighbourhood;
        this.processTables = jdbc.sql(
                        """
                        select table_name from information_schema.columns
                        where table_schema = current_schema() and column_name = 'proc_inst_id_'""")
                .query(String.class)
                .list();
        transaction.executeWithoutResult(status -> collect());
    }

    private void collect() {
        jdbc.sql(
                        """
                        select table_name, column_name from information_schema.columns
                        join information_schema.tables using (table_schema, table_name)
                        where table_schema = current_schema() and table_type = 'BASE TABLE'
                          and column_name in ('tenant_id', 'tenant_id_')""")
                .query(row -> {
                    tenantColumns.put(row.getString(1), row.getString(2));
                });
        tenantColumns.put("organisation", "code");
        jdbc.sql("select tenant_id, id::text from compliance_document").query(row -> {
            shownToPartners
                    .computeIfAbsent(row.getString(1), unused -> new HashSet<>())
                    .add(row.getString(2));
        });
        usernames.addAll(jdbc.sql("select username from person where tenant_id = any (:tenants)")
                .param("tenants", neighbourhood.tenants().toArray(String[]::new))
                .query(String.class)
                .list());
        tenantColumns.forEach(this::collect);
        for (String tenant : neighbourhood.tenants()) {
            example(TENANT, tenant, List.of(tenant));
            example(MARKER, tenant, List.of(neighbourhood.marker(tenant)));
            example(BUSINESS_KEY, tenant, List.of("E" + neighbourhood.marker(tenant)));
        }
        Optional.ofNullable(examples.get("team"))
                .ifPresent(teams ->
                        teams.forEach((tenant, team) -> example("group", tenant, List.of("team:" + team.get(0)))));
    }

    private void collect(String table, String tenantColumn) {
        List<String> identifiers = jdbc
                .sql(
                        "select column_name from information_schema.columns where table_schema = current_schema() and table_name = :table")
                .param("table", table)
                .query(String.class)
                .list()
                .stream()
                .filter(IDENTIFIERS::contains)
                .sorted((left, right) -> IDENTIFIERS.indexOf(left) - IDENTIFIERS.indexOf(right))
                .toList();
        if (identifiers.isEmpty()) {
            return;
        }
        jdbc.sql(
                        "select %1$s as tenant, array_remove(array[%2$s], null) as identifiers, t::text as row from %3$s t where %1$s = any (:tenants) order by %4$s"
                                .formatted(
                                        tenantColumn,
                                        String.join(
                                                ", ",
                                                identifiers.stream()
                                                        .map(column -> column + "::text")
                                                        .toList()),
                                        table,
                                        identifiers.get(0)))
                .param("tenants", neighbourhood.tenants().toArray(String[]::new))
                .query(row -> {
                    String tenant = row.getString("tenant");
                    List<String> found =
                            List.of((String[]) row.getArray("identifiers").getArray());
                    example(kind(table), tenant, found);
                    found.stream().filter(id -> UUID_TEXT.matcher(id).matches()).forEach(id -> ids.computeIfAbsent(
                                    tenant, key -> new HashSet<>())
                            .add(id));
                    Set<String> names = mentioned.computeIfAbsent(tenant, key -> new HashSet<>());
                    names.addAll(uuids(row.getString("row")));
                    names.addAll(usernames(row.getString("row")));
                });
    }

    private void example(String kind, String tenant, List<String> identifiers) {
        examples.computeIfAbsent(kind, key -> new HashMap<>()).putIfAbsent(tenant, identifiers);
    }

    private static String kind(String table) {
        return table.replaceFirst("^act_(ru|hi|re|id|ge)_", "");
    }

    static List<String> uuids(String text) {
        return UUID_TEXT.matcher(text).results().map(found -> found.group()).toList();
    }

    private List<String> usernames(String text) {
        return NAME_TEXT
                .matcher(text)
                .results()
                .map(found -> found.group())
                .filter(usernames::contains)
                .toList();
    }

    /** Ids of rows that {@code visitor} must not learn of: of no tenant in sight, and not named by anything in sight. */
    Set<String> idsHiddenFrom(Visitor visitor) {
        Set<String> hidden = new HashSet<>();
        ids.forEach((tenant, found) -> {
            if (!visitor.tenants().contains(tenant)) {
                hidden.addAll(found);
            }
        });
        visitor.tenants().forEach(tenant -> hidden.removeAll(mentioned.getOrDefault(tenant, Set.of())));
        partners(visitor).forEach(partner -> hidden.removeAll(shownToPartners.getOrDefault(partner, Set.of())));
        return hidden;
    }

    /** Codes of the organisations that the visitor's own works with. */
    private static Set<String> partners(Visitor visitor) {
        return visitor.tenants().stream()
                .flatMap(tenant -> Stream.of(tenant.split("~")))
                .collect(Collectors.toSet());
    }

    /** What tells a thing of {@code visitor}'s own from others, for a parameter that is not the one being tried. */
    Optional<String> own(Visitor visitor, Parameter parameter) {
        for (String kind : kindsOf(parameter)) {
            Map<String, List<String>> found = examples.getOrDefault(kind, Map.of());
            Optional<String> own = Stream.concat(
                            Stream.of(visitor.organisation()),
                            visitor.tenants().stream().sorted())
                    .filter(found::containsKey)
                    .map(tenant -> found.get(tenant).get(0))
                    .findFirst();
            if (own.isPresent()) {
                return own;
            }
        }
        return Optional.empty();
    }

    /** Identifiers, named by nothing in sight, of what others have of the kinds a parameter asks for: a neighbour's and a stranger's. */
    List<String> foreign(Visitor visitor, Parameter parameter) {
        Collection<String> kinds = new ArrayList<>(kindsOf(parameter));
        if (visitor == neighbourhood.platformAdministrator()) {
            // sees all organisations, and nothing of what they do
            kinds.remove("organisation");
        }
        List<String> foreign = new ArrayList<>();
        Set<String> partners = partners(visitor);
        for (String kind : kinds) {
            Map<String, List<String>> found = examples.getOrDefault(kind, Map.of());
            List<String> near = new ArrayList<>();
            List<String> far = new ArrayList<>();
            neighbourhood.tenants().stream()
                    .filter(tenant -> !visitor.tenants().contains(tenant) && found.containsKey(tenant))
                    .sorted()
                    .forEach(tenant -> (isNear(visitor, tenant) ? near : far).add(tenant));
            int most = kinds.size() > 1 ? 1 : 2;
            Stream.concat(near.stream().limit(1), far.stream().limit(1))
                    .limit(most)
                    .flatMap(tenant -> found.get(tenant).stream())
                    .filter(identifier -> !partners.contains(identifier))
                    .filter(identifier -> !isEverybodysGroup(kinds, identifier))
                    .filter(identifier -> visitor.tenants().stream()
                            .noneMatch(own -> found.getOrDefault(own, List.of()).contains(identifier)
                                    || Stream.concat(Stream.of(identifier), uuids(identifier).stream())
                                            .anyMatch(mentioned.getOrDefault(own, Set.of())::contains)))
                    .forEach(foreign::add);
        }
        return foreign;
    }

    /** Every organisation's designations are called as the groups are that all know, so who asks for a group finds one. */
    private static boolean isEverybodysGroup(Collection<String> kinds, String identifier) {
        return kinds.contains("group") && CandidateGroup.of(identifier).isPresent();
    }

    private static boolean isNear(Visitor visitor, String tenant) {
        return visitor.tenants().stream()
                .flatMap(own -> Stream.of(own.split("~")))
                .anyMatch(own -> List.of(tenant.split("~")).contains(own));
    }

    static boolean isShared(Parameter parameter) {
        return parameter.word().matches("(?i).*(job-?definition|process-?definition|deployment).*")
                || parameter.word().matches("(?i)id|ids|key")
                        && parameter.resource().matches("job-definition|process-definition|deployment|key");
    }

    private Collection<String> kindsOf(Parameter parameter) {
        String word = parameter.word();
        if (word.endsWith("Date")) {
            return List.of(MARKER);
        }
        String text = word.matches("(?i)ids?|key|code") ? parameter.resource() : word;
        if (parameter.resource().equals("key") && word.equals("key")) {
            text = "key";
        }
        String lower = text.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, List<String>> entry : WORDS.entrySet()) {
            if (Pattern.compile(entry.getKey()).matcher(lower).find()) {
                return entry.getValue();
            }
        }
        if (lower.startsWith("parent")) {
            lower = parameter.resource();
        }
        String table = lower.equals(text)
                ? lower
                : text.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        String singular = table.replace('-', '_')
                .replaceFirst("(_id|_ids|_id_in|_in)$", "")
                .replaceFirst("ies$", "y")
                .replaceFirst("s$", "");
        List<String> kinds = examples.keySet().stream()
                .filter(kind -> singular.equals(kind)
                        || singular.endsWith("_" + kind)
                        || kind.endsWith("_" + singular) && !kind.contains("hi_"))
                .toList();
        if (!kinds.isEmpty()) {
            return kinds;
        }
        if (parameter.in() == In.PATH
                ? !word.matches("varName|type|language|event|propertyName|metrics-name|.*[Nn]ame")
                : word.matches(".*(Id|Ids|IdIn|In)")) {
            return examples.keySet();
        }
        return List.of(MARKER, BUSINESS_KEY);
    }

    /**
     * A digest of all rows of tenants out of {@code visitor}'s sight, by table; of the engine's also what belongs to their
     * processes without knowing their tenant, such as comments.
     */
    Map<String, String> digestsOfOthers(Visitor visitor) {
        String[] others = neighbourhood.tenants().stream()
                .filter(tenant -> !visitor.tenants().contains(tenant))
                .toArray(String[]::new);
        Map<String, String> criteria = new TreeMap<>();
        tenantColumns.forEach((table, column) -> criteria.put(table, column + " = any (:tenants)"));
        processTables.forEach(table -> criteria.merge(
                table,
                "proc_inst_id_ in (select id_ from act_hi_procinst where tenant_id_ = any (:tenants))",
                (ofTenant, ofProcess) -> ofTenant + " or " + ofProcess));
        criteria.keySet().removeIf(SEALED_MEANWHILE::contains);
        Map<String, String> digests = new TreeMap<>();
        transaction.executeWithoutResult(status -> criteria.forEach((table, criterion) -> digests.put(
                table,
                jdbc.sql(
                                "select count(*) || ' rows, ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') from %s t where %s"
                                        .formatted(table, criterion))
                        .param("tenants", others)
                        .query(String.class)
                        .single())));
        return digests;
    }
}
