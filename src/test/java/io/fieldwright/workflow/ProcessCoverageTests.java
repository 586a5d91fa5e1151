package io.fieldwright.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Comes after all others and says how much of each model they have reached. It is part of whole runs only. */
@Tag("after-all-others")
class ProcessCoverageTests {

    @Test
    @EnabledIfSystemProperty(named = ModelCoverage.FOLDER, matches = ".+")
    void everyFlowNodeAndEverySequenceFlowIsReached() throws IOException {
        List<String> missing = new ArrayList<>();
        Map<String, Set<String>> reached = ModelCoverage.reached();
        System.out.printf("%n%-28s %12s %12s%n", "process", "flow nodes", "flows");
        try (Stream<Path> files = Files.list(Path.of("processes"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".bpmn"))
                    .sorted()
                    .toList()) {
                report(file.toFile(), reached, missing);
            }
        }
        assertThat(missing).as("elements that no test reaches").isEmpty();
    }

    private static void report(File file, Map<String, Set<String>> all, List<String> missing) {
        BpmnModelInstance model = Bpmn.readModelFromFile(file);
        String key =
                model.getModelElementsByType(Process.class).iterator().next().getId();
        Set<String> reached = all.getOrDefault(key, Set.of());
        List<String> nodes = ids(model, FlowNode.class);
        List<String> flows = ids(model, SequenceFlow.class);
        Set<String> taken = taken(model, reached);
        System.out.printf(
                "%-28s %10.1f %% %10.1f %%%n",
                key, ModelCoverage.percent(nodes, reached), ModelCoverage.percent(flows, taken));
        Stream.concat(
                        nodes.stream().filter(id -> !reached.contains(id)),
                        flows.stream().filter(id -> !taken.contains(id)))
                .map(id -> key + " " + id)
                .forEach(missing::add);
    }

    /** The engine announces no flow out of an event-based gateway: it was taken if the event it leads to came. */
    private static Set<String> taken(BpmnModelInstance model, Set<String> reached) {
        return model.getModelElementsByType(SequenceFlow.class).stream()
                .filter(flow -> reached.contains(
                        flow.getSource() instanceof EventBasedGateway
                                ? flow.getTarget().getId()
                                : flow.getId()))
                .map(FlowElement::getId)
                .collect(Collectors.toSet());
    }

    private static List<String> ids(BpmnModelInstance model, Class<? extends FlowElement> type) {
        return model.getModelElementsByType(type).stream()
                .map(FlowElement::getId)
                .toList();
    }
}
