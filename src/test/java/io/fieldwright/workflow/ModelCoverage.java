package io.fieldwright.workflow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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
 * Notes which elements of the models any test of the run has reached, over all test classes and contexts of this JVM;
 * {@link ProcessCoverageTests} reads it at the end.
 */
@Component
@Order(0)
class ModelCoverage extends AbstractProcessEnginePlugin {

    private static final Map<String, Set<String>> REACHED = new ConcurrentHashMap<>();

    /** Ids of the elements reached, by process key. */
    static Map<String, Set<String>> reached() {
        return new TreeMap<>(REACHED);
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
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
            return execution -> REACHED.computeIfAbsent(key, process -> ConcurrentHashMap.newKeySet())
                    .add(element);
        }
    }

    /** The share of {@code all} that is in {@code reached}, in percent. */
    static double percent(Collection<String> all, Collection<String> reached) {
        return all.isEmpty()
                ? 100
                : 100.0 * all.stream().filter(reached::contains).count() / all.size();
    }
}
