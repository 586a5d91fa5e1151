package io.fieldwright.acceptance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldwright.acceptance.Endpoint.In;
import io.fieldwright.acceptance.Endpoint.Parameter;
import io.fieldwright.acceptance.Visitor.Answer;
import io.fieldwright.acceptance.Visitor.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * One visitor's way past every door: what belongs to others is put wherever an endpoint takes a value, and each answer
 * is compared with that for something that does not exist.
 */
final class Walk {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int AT_ONCE = 6;
    private static final int ATTEMPTS = 3;
    private static final int FEW = 20;
    /** How many values of others are put into one parameter of ours; of the engine, which has so many more, half of them. */
    private static final int MOST_VALUES = Integer.getInteger("fieldwright.acceptance.values", 2);
    /** Trials of one visitor overtake each other; a request that was is sent again, as the answer asks for. */
    private static final String OVERTAKEN = "Somebody else changed this at the same moment";
    /** The same in the words of the engine, whatever else it says. */
    private static final String OVERTAKEN_IN_ENGINE = "\"code\":1}";

    private static final Pattern UUIDS =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern TIMES = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+-]\\d{4})?");
    /** What a visitor deploys has another version each time. */
    private static final Pattern VERSIONS = Pattern.compile("(everything:|\"version\":)\\d+");

    private static final Pattern FRESH = Pattern.compile("fresh[0-9a-f]{8}");
    private static final Set<String> UNIQUE =
            Set.of("code", "username", "registration", "serialNumber", "manufacturer");
    /** What is merely kept of a new thing; the source is a deployment's. */
    private static final Set<String> LABELS = Set.of("name", "source");

    /** What devices make of their own accord. */
    private static final String OF_DEVICES = "id";

    private final Visitor visitor;
    private final int turn;
    private final int turns;
    private final Neighbourhood neighbourhood;
    private final Belongings belongings;
    private final Set<String> hiddenWords;
    private final Set<String> hiddenIds;
    private final Queue<String> findings = new ConcurrentLinkedQueue<>();

    /**
     * @param turn the visitor's among those who share the engine's criteria; also decides under which of its addresses an
     *     endpoint is asked for
     * @param turns how many share them
     */
    Walk(Visitor visitor, int turn, int turns, Neighbourhood neighbourhood, Belongings belongings) {
        this.visitor = visitor;
        this.turn = turn;
        this.turns = turns;
        this.neighbourhood = neighbourhood;
        this.belongings = belongings;
        this.hiddenWords = neighbourhood.hiddenFrom(visitor);
        this.hiddenIds = belongings.idsHiddenFrom(visitor);
    }

    /** Tries every parameter of every endpoint, but for {@link #takeAll}; answers what went wrong. */
    List<String> tryAll(List<Endpoint> endpoints) {
        return each(endpoints, false);
    }

    /** Makes things of the visitor's own that are called as others' are; comes last, for then these are no longer foreign. */
    List<String> takeAll(List<Endpoint> endpoints) {
        return each(endpoints, true);
    }

    private List<String> each(List<Endpoint> endpoints, boolean taken) {
        List<Runnable> trials = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            for (Parameter parameter : endpoint.parameters()) {
                if (isTaken(endpoint, parameter) != taken
                        || isSomebodyElsesTurn(endpoint, parameter)
                        || isUniqueAcrossTenants(endpoint, parameter)) {
                    continue;
                }
                if (Belongings.isShared(parameter)) {
                    trials.add(() -> useShared(endpoint, parameter));
                } else {
                    List<String> foreign = some(belongings.foreign(visitor, parameter), endpoint, parameter);
                    trials.add(() -> compare(endpoint, parameter, foreign, false));
                    if (endpoint.commands() && isOwnTurn(endpoint, parameter)) {
                        trials.add(() -> compare(endpoint, parameter, foreign, true));
                    }
                }
            }
        }
        atOnce(trials);
        return List.copyOf(findings);
    }

    /** As many as are to be tried, others for each visitor and parameter. */
    private List<String> some(List<String> values, Endpoint endpoint, Parameter parameter) {
        List<String> some = new ArrayList<>(values);
        Collections.rotate(some, (turn + endpoint.toString() + parameter).hashCode());
        int most = endpoint.isOfEngine() ? (MOST_VALUES + 1) / 2 : MOST_VALUES;
        return some.subList(0, Math.min(most, some.size()));
    }

    /** What the engine can be asked for is so much that visitors of the same powers share the criteria. */
    private boolean isSomebodyElsesTurn(Endpoint endpoint, Parameter parameter) {
        return endpoint.query() && parameter.in() != In.PATH && !isOwnTurn(endpoint, parameter);
    }

    private boolean isOwnTurn(Endpoint endpoint, Parameter parameter) {
        return Math.floorMod((endpoint + parameter.name()).hashCode(), turns) == turn;
    }

    /** Whether the value becomes the visitor's own by being sent. */
    private static boolean isTaken(Endpoint endpoint, Parameter parameter) {
        return endpoint.method().equals("POST")
                && parameter.in() == In.BODY
                && (UNIQUE.contains(parameter.word())
                        || LABELS.contains(parameter.word())
                        || parameter.name().equals(OF_DEVICES) && !endpoint.isOfEngine());
    }

    /** People sign in without saying where they belong, so their names cannot be taken twice. */
    private static boolean isUniqueAcrossTenants(Endpoint endpoint, Parameter parameter) {
        return endpoint.toString().startsWith("POST /api/")
                && parameter.in() == In.BODY
                && parameter.word().equals("username");
    }

    /** What is answered to everything that can be read without a body, by request. */
    Map<String, String> readAll(List<Endpoint> endpoints) {
        Map<String, String> answers = new ConcurrentSkipListMap<>();
        atOnce(endpoints.stream()
                .filter(Endpoint::reads)
                .<Runnable>map(endpoint -> () -> {
                    Request request = endpoint.request(turn, null, Map.of(), this::own);
                    Answer answer = send(request, null);
                    answers.put(request.toString(), answer.status() + " " + inOrder(plain(answer.body(), null)));
                })
                .toList());
        return answers;
    }

    List<String> findings() {
        return List.copyOf(findings);
    }

    private static void atOnce(List<Runnable> trials) {
        ExecutorService hands = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> pending = new ArrayList<>();
            trials.forEach(trial -> pending.add(hands.submit(trial)));
            for (Future<?> one : pending) {
                one.get();
            }
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } finally {
            hands.shutdownNow();
        }
    }

    private void useShared(Endpoint endpoint, Parameter parameter) {
        send(endpoint.request(turn, body(endpoint), Map.of(parameter, own(parameter)), this::own), null);
    }

    /** Asks for all of {@code foreign} and for as much as that does not exist, each shape of it once. */
    private void compare(Endpoint endpoint, Parameter parameter, List<String> foreign, boolean filled) {
        Map<String, String> nowhere = new HashMap<>();
        for (String value : foreign) {
            String there = answer(endpoint, parameter, value, filled);
            if (!there.equals(nowhere.computeIfAbsent(
                    shape(value), shape -> answer(endpoint, parameter, absent(value), filled)))) {
                compareOnceMore(endpoint, parameter, value, filled);
            }
        }
    }

    /** What the visitor has changes meanwhile, so a difference counts when it is there again and again. */
    private void compareOnceMore(Endpoint endpoint, Parameter parameter, String foreign, boolean filled) {
        String there = "";
        String nowhere = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            there = answer(endpoint, parameter, foreign, filled);
            nowhere = answer(endpoint, parameter, absent(foreign), filled);
            if (there.equals(nowhere)) {
                return;
            }
        }
        findings.add("TELLS %s: %s%n  what is somebody else's: %s%n  what does not exist:    %s"
                .formatted(
                        visitor, request(endpoint, parameter, foreign, filled), shortened(there), shortened(nowhere)));
    }

    private String answer(Endpoint endpoint, Parameter parameter, String value, boolean filled) {
        Answer answer = send(request(endpoint, parameter, value, filled), value);
        return answer.status() + " " + faultsInOrder(plain(answer.body(), value));
    }

    private static String shape(String value) {
        return UUIDS.matcher(value).matches()
                ? "uuid"
                : value.replaceAll("[0-9]", "0").replaceAll("[a-z]", "a").replaceAll("[A-Z]", "A");
    }

    /** With nothing but {@code value}, or {@code filled} in with what is the visitor's own wherever a text can stand. */
    private Request request(Endpoint endpoint, Parameter parameter, String value, boolean filled) {
        Map<Parameter, String> values = new HashMap<>();
        if (filled) {
            endpoint.parameters().stream()
                    .filter(other -> other.in() == In.BODY && other.name().equals(other.word()))
                    .forEach(other -> values.put(other, own(other)));
        }
        values.put(parameter, value);
        Request request = endpoint.request(turn, body(endpoint), values, this::own);
        if (!endpoint.query()) {
            return request;
        }
        String address = request.address();
        return new Request(
                request.method(),
                address + (address.contains("?") ? "&" : "?") + "maxResults=" + FEW,
                request.contentType(),
                request.body());
    }

    private static String shortened(String text) {
        return text.length() > 600 ? text.substring(0, 600) + "…" : text;
    }

    private Answer send(Request request, String sent) {
        Answer answer = visitor.send(request);
        while (answer.status() == 409 && answer.body().contains(OVERTAKEN)
                || answer.status() >= 400 && answer.body().endsWith(OVERTAKEN_IN_ENGINE)) {
            answer = visitor.send(request);
        }
        String body = sent == null ? answer.body() : without(answer.body(), sent);
        if (answer.status() >= 500 && request.address().startsWith("/api/")) {
            findings.add("FAILS %s: %s answered %d %s".formatted(visitor, request, answer.status(), shortened(body)));
        }
        if (body.contains(neighbourhood.unique())) {
            hiddenWords.stream()
                    .filter(body::contains)
                    .forEach(word -> findings.add(
                            "SHOWS %s: %s shows %s in %s".formatted(visitor, request, word, shortened(body))));
        }
        Belongings.uuids(body).stream()
                .filter(hiddenIds::contains)
                .distinct()
                .forEach(id -> findings.add(
                        "SHOWS %s: %s shows the id %s in %s".formatted(visitor, request, id, shortened(body))));
        return answer;
    }

    private ObjectNode body(Endpoint endpoint) {
        if (endpoint.body() == null) {
            return null;
        }
        ObjectNode sent = DomainEndpoints.sentBefore(endpoint, neighbourhood.furnishings(), visitor.organisation());
        ObjectNode body = (sent == null ? endpoint.body() : sent).deepCopy();
        for (String name : UNIQUE) {
            if (body.path(name).isTextual() && !endpoint.addresses().get(0).contains("engine")) {
                body.put(name, "fresh" + UUID.randomUUID().toString().substring(0, 8));
            }
        }
        if (endpoint.parameters().stream()
                .anyMatch(parameter -> parameter.name().equals("messageName"))) {
            body.put("messageName", "isolation-message");
        }
        if (endpoint.parameters().stream()
                .anyMatch(parameter -> parameter.name().startsWith("migrationPlan."))) {
            ObjectNode plan = body.withObject("/migrationPlan");
            plan.put("sourceProcessDefinitionId", neighbourhood.sharedDefinition());
            plan.put("targetProcessDefinitionId", neighbourhood.sharedDefinition());
            plan.withArray("/instructions");
        }
        return body;
    }

    /** What to put where the trial does not look: something of the visitor's own where that is known. */
    private String own(Parameter parameter) {
        if (Belongings.isShared(parameter)) {
            return parameter.word().toLowerCase(Locale.ROOT).contains("key")
                    ? "everything"
                    : (parameter.word() + parameter.resource())
                                    .toLowerCase(Locale.ROOT)
                                    .contains("deployment")
                            ? neighbourhood.sharedDeployment()
                            : neighbourhood.sharedDefinition();
        }
        Optional<String> own = belongings.own(visitor, parameter);
        return own.orElse("text");
    }

    /** As {@code value} in shape, but of nothing. */
    private static String absent(String value) {
        if (UUIDS.matcher(value).matches()) {
            return UUID.randomUUID().toString();
        }
        Random random = new Random();
        StringBuilder absent = new StringBuilder();
        for (char one : value.toCharArray()) {
            if (Character.isDigit(one)) {
                absent.append((char) ('0' + random.nextInt(10)));
            } else if (Character.isLetter(one)) {
                absent.append((char) ((Character.isUpperCase(one) ? 'A' : 'a') + random.nextInt(26)));
            } else {
                absent.append(one);
            }
        }
        return absent.toString();
    }

    /** A list in one order of many: the engine promises none. */
    private static String inOrder(String body) {
        try {
            if (JSON.readTree(body) instanceof ArrayNode list) {
                return StreamSupport.stream(list.spliterator(), false)
                        .map(JsonNode::toString)
                        .sorted()
                        .toList()
                        .toString();
            }
        } catch (JsonProcessingException noJson) {
            // such as a picture or a model
        }
        return body;
    }

    /** The lines of a message that lists faults, such as those of a migration, in one order of many. */
    private static String faultsInOrder(String body) {
        return body.contains("\\n\\t")
                ? Arrays.stream(body.split("\\\\n|\\\\t|\"")).sorted().toList().toString()
                : body;
    }

    private static String plain(String body, String sent) {
        String text = sent == null ? body : without(body, sent);
        text = UUIDS.matcher(text).replaceAll("#id");
        text = TIMES.matcher(text).replaceAll("#time");
        text = VERSIONS.matcher(text).replaceAll("$1#");
        return FRESH.matcher(text).replaceAll("#fresh");
    }

    private static String without(String body, String sent) {
        return body.replace(sent, "§")
                .replace(URLEncoder.encode(sent, StandardCharsets.UTF_8), "§")
                .replace(URLEncoder.encode(sent, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT), "§");
    }
}
