package io.fieldwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.FieldwrightTest;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Nobody learns of, counts, changes or starts anything of tenants they take part in nothing with, whichever of all
 * doors they try. Which doors there are is read from the interfaces themselves.
 */
@FieldwrightTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IsolationTests {

    @Autowired
    Neighbourhood neighbourhood;

    @Autowired
    TestRestTemplate http;

    @Autowired
    ServletContext container;

    @Autowired
    ResourceConfig engineRest;

    @Value("${spring.jersey.application-path:/engine-rest}")
    String engineRestPath;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @LocalServerPort
    int port;

    List<Endpoint> domain;
    List<Endpoint> engine;

    @BeforeAll
    void furnish() {
        neighbourhood.furnish(URI.create("http://localhost:" + port));
        domain = DomainEndpoints.of(http.getForObject("/v3/api-docs", JsonNode.class));
        engine = EngineEndpoints.of(container, engineRest, engineRestPath);
        assertThat(domain).hasSizeGreaterThan(80);
        assertThat(engine).hasSizeGreaterThan(300);
    }

    private Visitor visitor(String name) {
        return (switch (name) {
                    case "gov" -> neighbourhood.platformAdministrator();
                    case "oak-owner" -> neighbourhood.processOwner("oak");
                    default -> neighbourhood.everybody(name);
                })
                .signInToWebApps();
    }

    private List<Endpoint> all() {
        List<Endpoint> all = new ArrayList<>(domain);
        all.addAll(engine);
        return all;
    }

    @Test
    @Order(1)
    void growthElsewhereChangesNoAnswer() {
        Belongings belongings = new Belongings(jdbc, transaction, neighbourhood);
        Map<String, Walk> walks = new TreeMap<>();
        for (String name : List.of("oak-owner", "elm", "fox")) {
            walks.put(name, new Walk(visitor(name), walks.size(), 1, neighbourhood, belongings));
        }
        // The audit is read right before and after: it also keeps what the visitors are refused elsewhere.
        List<Endpoint> audit = all().stream()
                .filter(endpoint -> endpoint.toString().startsWith("GET /api/v1/audit"))
                .toList();
        List<Endpoint> others = new ArrayList<>(all());
        others.removeAll(audit);
        assertThat(audit).isNotEmpty();
        Map<String, String> before = new TreeMap<>(answers(walks, others));
        before.putAll(answers(walks, audit));
        neighbourhood.grow("bay", "hen");
        neighbourhood.grow("bay", "owl");
        Map<String, String> after = new TreeMap<>(answers(walks, audit));
        after.putAll(answers(walks, others));

        List<String> findings = new ArrayList<>();
        before.forEach((request, answer) -> {
            if (!answer.equals(after.get(request))) {
                findings.add("COUNTS %s%n  before: %s%n  after:  %s".formatted(request, answer, after.get(request)));
            }
        });
        walks.values().forEach(walk -> findings.addAll(walk.findings()));
        assertThat(findings).isEmpty();
    }

    private static Map<String, String> answers(Map<String, Walk> walks, List<Endpoint> endpoints) {
        Map<String, String> answers = new TreeMap<>();
        walks.forEach((name, walk) ->
                walk.readAll(endpoints).forEach((request, answer) -> answers.put(name + ": " + request, answer)));
        return answers;
    }

    @Order(2)
    @ParameterizedTest
    @CsvSource({
        "elm, 0, 6",
        "bay, 1, 6",
        "fox, 2, 6",
        "owl, 3, 6",
        "oak, 4, 6",
        "sea, 5, 6",
        "oak-owner, 0, 2",
        "gov, 1, 2"
    })
    void whatBelongsToOthersIsAnsweredAsWhatDoesNotExistAndStaysAsItIs(String name, int turn, int turns) {
        walk(name, (visitor, belongings) -> new Walk(visitor, turn, turns, neighbourhood, belongings).tryAll(all()));
    }

    @Order(3)
    @ParameterizedTest
    @ValueSource(strings = {"elm", "bay", "fox", "owl", "oak", "sea"})
    void whatOthersCallTheirOwnMayBeCalledSoHereAndTellsNothing(String name) {
        walk(name, (visitor, belongings) -> new Walk(visitor, 0, 1, neighbourhood, belongings).takeAll(domain));
    }

    private void walk(String name, BiFunction<Visitor, Belongings, List<String>> walk) {
        Belongings belongings = new Belongings(jdbc, transaction, neighbourhood);
        Visitor visitor = visitor(name);
        Map<String, String> before = belongings.digestsOfOthers(visitor);
        List<String> findings = walk.apply(visitor, belongings);
        assertThat(belongings.digestsOfOthers(visitor)).as("what others have").isEqualTo(before);
        assertThat(findings).as("findings").isEmpty();
    }
}
