package io.fieldwright.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.people.CandidateGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.SendTask;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOut;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.InputExpression;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.web.util.HtmlUtils;

/** Models and code must know one another's names: a slip in either would show only when a process gets there. */
@FieldwrightTest
class ModelRulesTests {

    private static final Path CODE = Path.of("target/classes");
    private static final Vocabulary VOCABULARY = Vocabulary.of(CODE);
    private static final Pattern BEAN = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{([^}]*)}");
    private static final Pattern VALUE = Pattern.compile("'([^']*)'");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.'\"])[a-z]\\w*");
    private static final Set<String> LANGUAGE =
            Set.of("true", "false", "null", "empty", "not", "and", "or", "execution");
    private static final Pattern ID = Pattern.compile(
            "(StartEvent|EndEvent|BoundaryEvent|CatchEvent|Task|Gateway|SubProcess|CallActivity|Flow)_[A-Za-z_]+");

    @Autowired
    private ApplicationContext context;

    @Autowired
    private ObjectMapper json;

    private final List<String> slips = new ArrayList<>();

    static List<Path> models() {
        return files("processes", ".bpmn");
    }

    static List<Path> decisions() {
        return files("processes/decisions", ".dmn");
    }

    static List<Path> forms() {
        return files("forms", ".form");
    }

    private static List<Path> files(String folder, String ending) {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static String key(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    private void rule(boolean kept, String slip) {
        if (!kept) {
            slips.add(slip);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void modelNamesOnlyWhatExists(Path file) {
        BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
        Process process = model.getModelElementsByType(Process.class).iterator().next();
        rule(process.getId().equals(key(file)), "the process is " + process.getId());
        rule(process.isExecutable(), "it is not executable");
        rule(process.getCamundaHistoryTimeToLiveString() != null, "it has no historyTimeToLive");
        rule(model.getModelElementsByType(ScriptTask.class).isEmpty(), "it runs scripts");
        model.getModelElementsByType(FlowElement.class)
                .forEach(element -> rule(ID.matcher(element.getId()).matches(), "the id " + element.getId()));
        model.getModelElementsByType(StartEvent.class).stream()
                .filter(start -> start.getParentElement() instanceof Process)
                .filter(start -> startedFromOutside(process.getId()))
                .forEach(
                        start -> rule(startsAsynchronously(start), start.getId() + " works before its caller is done"));
        model.getModelElementsByType(UserTask.class).forEach(this::check);
        Stream.concat(
                        model.getModelElementsByType(ServiceTask.class).stream()
                                .map(ServiceTask::getCamundaDelegateExpression),
                        model.getModelElementsByType(SendTask.class).stream()
                                .map(SendTask::getCamundaDelegateExpression))
                .forEach(expression -> checkBean(expression, JavaDelegate.class));
        model.getModelElementsByType(CallActivity.class)
                .forEach(call -> rule(
                        Files.exists(Path.of("processes", call.getCalledElement() + ".bpmn")),
                        call.getId() + " calls " + call.getCalledElement()));
        model.getModelElementsByType(Message.class).forEach(message -> known("message", message.getName()));
        model.getModelElementsByType(Error.class).forEach(error -> known("error", error.getErrorCode()));
        decisionsOf(model)
                .forEach(decision -> rule(
                        Files.exists(Path.of("processes/decisions", decision + ".dmn")), "the decision " + decision));
        variablesOf(model, file).forEach(variable -> known("variable", variable));
        expressionsOf(file)
                .flatMap(expression -> VALUE.matcher(expression).results())
                .forEach(value -> known("value", value.group(1)));
        assertThat(slips).as(file.toString()).isEmpty();
    }

    private static boolean startedFromOutside(String key) {
        return models().stream()
                .map(file -> Bpmn.readModelFromFile(file.toFile()))
                .flatMap(model -> model.getModelElementsByType(CallActivity.class).stream())
                .noneMatch(call -> call.getCalledElement().equals(key) && call.getLoopCharacteristics() != null);
    }

    private static boolean startsAsynchronously(StartEvent start) {
        return start.isCamundaAsyncBefore()
                || start.getSucceedingNodes().list().stream().allMatch(FlowNode::isCamundaAsyncBefore);
    }

    private void known(String kind, String word) {
        rule(VOCABULARY.knows(word), "no code knows the " + kind + " " + word);
    }

    private void check(UserTask task) {
        String form = task.getCamundaFormRef();
        rule(form != null && Files.exists(Path.of("forms", form + ".form")), task.getId() + " has the form " + form);
        rule("deployment".equals(task.getCamundaFormRefBinding()), task.getId() + " does not bind its form");
        rule(
                !task.getCamundaCandidateGroupsList().isEmpty() || task.getCamundaAssignee() != null,
                task.getId() + " asks nobody");
        task.getCamundaCandidateGroupsList().stream()
                .filter(group -> !group.contains("{"))
                .forEach(group -> rule(CandidateGroup.of(group).isPresent(), task.getId() + " asks " + group));
        List<CamundaTaskListener> listeners = List.copyOf(task.getExtensionElements()
                .getElementsQuery()
                .filterByType(CamundaTaskListener.class)
                .list());
        rule(
                listeners.stream()
                        .map(CamundaTaskListener::getCamundaEvent)
                        .toList()
                        .containsAll(List.of("create", "complete")),
                task.getId() + " does not listen to create and complete");
        listeners.forEach(listener -> checkBean(listener.getCamundaDelegateExpression(), TaskListener.class));
    }

    private void checkBean(String expression, Class<?> type) {
        Matcher bean = BEAN.matcher(String.valueOf(expression));
        rule(
                bean.matches() && context.containsBean(bean.group(1)) && context.isTypeMatch(bean.group(1), type),
                "there is no " + type.getSimpleName() + " " + expression);
    }

    private static Set<String> decisionsOf(BpmnModelInstance model) {
        Set<String> decisions = new TreeSet<>();
        model.getModelElementsByType(BusinessRuleTask.class)
                .forEach(task -> decisions.add(task.getCamundaDecisionRef()));
        model.getModelElementsByType(CamundaProperty.class).stream()
                .filter(property -> "decision".equals(property.getCamundaName()))
                .forEach(property -> decisions.add(property.getCamundaValue()));
        return decisions;
    }

    private static Set<String> variablesOf(BpmnModelInstance model, Path file) {
        Set<String> variables = new HashSet<>();
        model.getModelElementsByType(CamundaIn.class).forEach(in -> {
            variables.add(in.getCamundaSource());
            variables.add(in.getCamundaTarget());
        });
        model.getModelElementsByType(CamundaOut.class).forEach(out -> {
            variables.add(out.getCamundaSource());
            variables.add(out.getCamundaTarget());
        });
        try {
            Matcher loop = Pattern.compile("camunda:(?:collection|elementVariable)=\"(\\w+)\"")
                    .matcher(Files.readString(file));
            while (loop.find()) {
                variables.add(loop.group(1));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        expressionsOf(file)
                .map(expression -> VALUE.matcher(expression).replaceAll(""))
                .flatMap(expression -> NAME.matcher(expression).results())
                .forEach(name -> variables.add(name.group()));
        variables.remove(null);
        model.getModelElementsByType(BusinessRuleTask.class)
                .forEach(task -> variables.remove(task.getCamundaResultVariable()));
        variables.removeAll(LANGUAGE);
        return variables;
    }

    /** What stands between the braces of the model's expressions, other than those that name a bean. */
    private static Stream<String> expressionsOf(Path file) {
        try {
            String model = Files.readString(file).replaceAll("(?i)delegateExpression=\"[^\"]*\"", "");
            return EXPRESSION.matcher(HtmlUtils.htmlUnescape(model)).results().map(expression -> expression.group(1));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void everyDelegateAndListenerOfTheCodeIsUsedByAModel() throws IOException {
        Set<String> used = new HashSet<>();
        for (Path file : models()) {
            Matcher bean = BEAN.matcher(Files.readString(file));
            while (bean.find()) {
                used.add(bean.group(1));
            }
        }
        Set<String> unused = new TreeSet<>();
        for (Class<?> type : List.of(JavaDelegate.class, TaskListener.class, ExecutionListener.class)) {
            Arrays.stream(context.getBeanNamesForType(type))
                    .filter(name -> context.getType(name).getPackageName().contains(".process"))
                    .filter(name -> !used.contains(name))
                    .forEach(unused::add);
        }
        assertThat(unused).isEmpty();
    }

    @Test
    void everyFormAndEveryDecisionIsUsedByAModel() {
        Set<String> usedForms = new TreeSet<>();
        Set<String> usedDecisions = new TreeSet<>();
        for (Path file : models()) {
            BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
            model.getModelElementsByType(UserTask.class).forEach(task -> usedForms.add(task.getCamundaFormRef()));
            usedDecisions.addAll(decisionsOf(model));
        }
        assertThat(forms()).extracting(ModelRulesTests::key).containsExactlyElementsOf(usedForms);
        assertThat(decisions()).extracting(ModelRulesTests::key).containsExactlyElementsOf(usedDecisions);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void formAsksForAnswersThatCodeReads(Path file) throws IOException {
        JsonNode form = json.readTree(file.toFile());
        rule(form.path("id").asText().equals(key(file)), "the form is " + form.path("id"));
        rule(form.path("executionPlatform").asText().equals("Camunda Platform"), "it is for another platform");
        checkFields(form);
        assertThat(slips).as(file.toString()).isEmpty();
    }

    private void checkFields(JsonNode component) {
        for (String attribute : List.of("key", "valuesKey")) {
            if (component.hasNonNull(attribute)) {
                known("field", component.get(attribute).asText());
            }
        }
        component.path("components").forEach(this::checkFields);
    }

    /** Whether a business rule task takes the decision, so that its output goes to a gateway and not to code. */
    private static boolean takenByModel(String decision) {
        return models().stream()
                .map(file -> Bpmn.readModelFromFile(file.toFile()))
                .flatMap(model -> model.getModelElementsByType(BusinessRuleTask.class).stream())
                .anyMatch(task -> decision.equals(task.getCamundaDecisionRef()));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void decisionDecidesOnWhatCodeGivesIt(Path file) {
        DmnModelInstance model = Dmn.readModelFromFile(file.toFile());
        Decision decision =
                model.getModelElementsByType(Decision.class).iterator().next();
        rule(decision.getId().equals(key(file)), "the decision is " + decision.getId());
        rule(decision.getCamundaHistoryTimeToLiveString() != null, "it has no historyTimeToLive");
        model.getModelElementsByType(InputExpression.class)
                .forEach(
                        input -> known("input", input.getText().getTextContent().trim()));
        if (!takenByModel(key(file))) {
            model.getModelElementsByType(Output.class).forEach(output -> known("output", output.getName()));
        }
        model.getModelElementsByType(Rule.class)
                .forEach(row -> rule(row.getDescription() != null, "the rule " + row.getId() + " does not say why"));
        assertThat(slips).as(file.toString()).isEmpty();
    }
}
