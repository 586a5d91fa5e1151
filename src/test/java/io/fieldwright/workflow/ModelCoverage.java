package io.fieldwright.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Notes which elements of the models any test of a whole run has reached. Each JVM of the run notes it in a file of its own,
 * in the folder that the build names for the run; {@link ProcessCoverageTests} reads them all at the end.
 */
@Component
@Order(0)
class ModelCoverage extends AbstractProcessEnginePlugin {

    /** The system property with the folder; only whole runs have it. */
    static final String FOLDER = "fieldwright.process-coverage";

    private static final Set<String> REACHED = ConcurrentHashMap.newKeySet();

    /** Ids of the elements that all JVMs of the run have reached, by process key. */
    static Map<String, Set<String>> reached() throws IOException {
        Map<String, Set<String>> reached = new TreeMap<>();
        try (Stream<Path> notes = Files.list(folder())) {
            for (Path note : notes.toList()) {
                for (String line : Files.readAllLines(note)) {
                    String[] names = line.split(" ");
                    reached.computeIfAbsent(names[0], process -> new TreeSet<>())
                            .add(names[1]);
                }
            }
        }
        return reached;
    }

    private static Path folder() {
        return Path.of(System.getProperty(FOLDER));
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        if (System.getProperty(FOLDER) == null) {
            return;
        }
        List<BpmnParseListener> listeners = engine.getCustomPostBPMNParseListeners();
        if (listeners == null) {
            listeners = new ArrayList<>();
            engine.setCustomPostBPMNParseListeners(listeners);
        }
        listeners.add(new Recording());
    }

    private static final class Recording extends AbstractBpmnParseListener {

        @Override
        public void parseRootElement(Element root, List<ProcessDefinitionEntity> processes) {
            processes.forEach(process -> watch(process.getKey(), process));
        }

        private void watch(String key, ScopeImpl scope) {
            for (ActivityImpl activity : scope.getActivities()) {
                activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, note(key, activity.getId()), 0);
                for (var transition : activity.getOutgoingTransitions()) {
                    ((TransitionImpl) transition)
                            .addListener(ExecutionListener.EVENTNAME_TAKE, note(key, transition.getId()));
                }
                watch(key, activity);
            }
        }

        private static ExecutionListener note(String key, String element) {
            return execution -> {
                if (REACHED.add(key + " " + element)) {
                    write(key + " " + element);
                }
            };
        }

        private static void write(String line) throws IOException {
            Files.createDirectories(folder());
            Files.writeString(
                    folder().resolve(Long.toString(ProcessHandle.current().pid())),
                    line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    /** The share of {@code all} that is in {@code reached}, in percent. */
    static double percent(Collection<String> all, Collection<String> reached) {
        return all.isEmpty()
                ? 100
                : 100.0 * all.stream().filter(reached::contains).count() / all.size();
    }
}
