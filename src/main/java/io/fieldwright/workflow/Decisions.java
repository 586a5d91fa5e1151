package io.fieldwright.workflow;

import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
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
     * The outputs of the one rule that applies in the newest version of {@code decisionKey}.
     *
     * @throws IllegalStateException when no rule applies: the decision has a gap, which its owner must close
     */
    public Map<String, Object> evaluate(String decisionKey, Map<String, Object> inputs) {
        return system.run(() -> {
            DmnDecisionRuleResult rule = decisions
                    .evaluateDecisionTableByKey(decisionKey)
                    .decisionDefinitionWithoutTenantId()
                    .variables(inputs)
                    .evaluate()
                    .getSingleResult();
            if (rule == null) {
                throw new IllegalStateException(
                        "No rule of the decision %s applies to %s".formatted(decisionKey, inputs));
            }
            return rule.getEntryMap();
        });
    }
}
