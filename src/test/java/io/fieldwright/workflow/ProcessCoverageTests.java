package io.fieldwright.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Comes last and says how much of each model the run has reached. It is part of whole runs only; the build says by the
 * property that it is one.
 */
@Order(Integer.MAX_VALUE)
class ProcessCoverageTests {

    @Test
    @EnabledIfSystemProperty(named = "fieldwright.whole-run", matches = "true")
    void everyFlowNodeAndEverySequenceFlowIsReached() throws IOException {
        List<String> missing = new ArrayList<>();
        System.out.printf("%n%-28s %12s %12s%n", "process", "flow nodes", "flows");
        try (Stream<Path> files = Files.list(Path.of("processes"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".bpmn"))
                    .sorted()
                    .toList()) {
                report(file.toFile(), missing);
            }
        }
        assertThat(missing).as("elements that no test reaches").isEmpty();
    }

    private static void report(File file, List<String> missing) {
        BpmnModelInstance model = Bpmn.readModelFromFile(file);
        String key =
                model.getModelElementsByType(Process.class).iterator().next().getId();
        Set<String> reached = ModelCoverage.reached().getOrDefault(key, Set.of());
        List<String> nodes = ids(model, FlowNode.class);
        List<String> flows = ids(model, SequenceFlow.class);
        System.out.printf(
                "%-28s %10.1f %% %10.1f %%%n",
                key, ModelCoverage.percent(nodes, reached), ModelCoverage.percent(flows, reached));
        Stream.concat(nodes.stream(), flows.stream())
                .filter(id -> !reached.contains(id))
                .map(id -> key + " " + id)
                .forEach(missing::add);
    }

    private static List<String> ids(BpmnModelInstance model, Class<? extends FlowElement> type) {
        return model.getModelElementsByType(type).stream()
                .map(FlowElement::getId)
                .toList();
    }
}
