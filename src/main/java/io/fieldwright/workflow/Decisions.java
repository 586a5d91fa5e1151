package io.fieldwright.workflow;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.engine.DecisionService;
import org.springframework.stereotype.Service;

/** Evaluates the decisions that process owners edit. */
@Service
public class Decisions {

    private final DecisionService decisions;
    private final SystemWork system;

    Decisions(DecisionService decisions, SystemWork system) {
        this.decisions = decisions;
        this.system = system;
    }

    /**
     * The outputs of the one rule that applies in the newest version of {@code decisionKey}, or of the rules that apply
     * added up, where the decision adds.
     *
     * @throws IllegalStateException when no rule applies: the decision has a gap, which its owner must close
     */
    public Map<String, Object> evaluate(String decisionKey, Map<String, Object> inputs) {
        DmnDecisionRuleResult rule = result(decisionKey, inputs).getSingleResult();
        if (rule == null) {
            throw gap(decisionKey, inputs);
        }
        return rule.getEntryMap();
    }

    /**
     * The outputs of every rule that applies in the newest version of {@code decisionKey}, which collects them.
     *
     * @throws IllegalStateException when no rule applies: the decision has a gap, which its owner must close
     */
    public List<Map<String, Object>> evaluateAll(String decisionKey, Map<String, Object> inputs) {
        List<Map<String, Object>> rules = result(decisionKey, inputs).getResultList();
        if (rules.isEmpty()) {
            throw gap(decisionKey, inputs);
        }
        return rules;
    }

    private DmnDecisionTableResult result(String decisionKey, Map<String, Object> inputs) {
        return system.run(() -> decisions
                .evaluateDecisionTableByKey(decisionKey)
                .decisionDefinitionWithoutTenantId()
                .variables(inputs)
                .evaluate());
    }

    private static IllegalStateException gap(String decisionKey, Map<String, Object> inputs) {
        return new IllegalStateException("No rule of the decision %s applies to %s".formatted(decisionKey, inputs));
    }
}
