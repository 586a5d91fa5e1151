package io.fieldwright.fieldwork.process;

import io.fieldwright.fieldwork.Execution;
import io.fieldwright.fieldwork.Executions;
import io.fieldwright.fieldwork.Verdict;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Compares the evidence with what was asked for and has the decisions judge it. */
@Component
class JudgeEvidence implements JavaDelegate {

    private final Executions executions;

    JudgeEvidence(Executions executions) {
        this.executions = executions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Execution judged = executions.judge(FieldVerification.executionId(execution));
        execution.removeVariable(FieldVerification.RECORD_DIFFERENCES);
        execution.setVariable(FieldVerification.VERDICT, String.valueOf(judged.verdict()));
        if (judged.verdict() == Verdict.REJECTED) {
            execution.setVariable(FieldVerification.REASON, FieldText.reasonsInShort(judged));
        }
    }
}
