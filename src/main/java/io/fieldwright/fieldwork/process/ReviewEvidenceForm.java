package io.fieldwright.fieldwork.process;

import io.fieldwright.api.Problem;
import io.fieldwright.fieldwork.Evidence;
import io.fieldwright.fieldwork.Execution;
import io.fieldwright.fieldwork.Executions;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.FieldTasks;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.TaskTenants;
import io.fieldwright.workflow.UserTaskForm;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Shows a supervisor of the owner what was captured and how it was judged; whoever gathered it does not review it. */
@Component
class ReviewEvidenceForm extends UserTaskForm {

    private static final Set<String> DIFFERENCES = Set.of("record", "leave");

    private final FieldTasks tasks;
    private final Executions executions;
    private final FieldText text;

    ReviewEvidenceForm(FieldTasks tasks, Executions executions, FieldText text) {
        this.tasks = tasks;
        this.executions = executions;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        UUID id = FieldVerification.taskId(task);
        Execution execution = executions.get(FieldVerification.executionId(task));
        tasks.askForReview(id, execution.sampled() ? "drawn as a sample" : FieldText.reasonsInShort(execution));
        FieldTask reviewed = tasks.get(id);
        TaskTenants.share(task, reviewed.owner());
        task.setVariableLocal("fieldTaskSummary", text.site(reviewed));
        task.setVariableLocal("verdictSummary", text.verdict(execution));
        task.setVariableLocal("positionSummary", text.position(execution));
        task.setVariableLocal("reasonList", text.reasons(execution));
        task.setVariableLocal("photoList", text.photos(execution));
        task.setVariableLocal("serialFindings", text.serials(execution));
        task.setVariableLocal("checklistAnswers", text.answers(reviewed, execution));
        task.setVariableLocal("hasDifferences", FieldText.hasDifferences(execution));
        task.setVariableLocal(FieldVerification.EXECUTION_ID, execution.id().toString());
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        boolean approved = answers.choice("answer", "approve", "again");
        String reason = approved ? answers.text("againReason") : answers.required("againReason");
        UUID id = FieldVerification.taskId(task);
        Set<String> items = answers.choices(
                FieldVerification.ITEMS,
                tasks.get(id).requirements().kinds().stream()
                        .map(Evidence.Kind::item)
                        .collect(Collectors.toSet()));
        String differences = answers.text("differences");
        if (differences != null && !DIFFERENCES.contains(differences)) {
            throw Problem.invalid("differences", "must be record or leave");
        }
        tasks.requireNotHeld(id);
        executions.review(
                FieldVerification.executionId(task),
                approved ? Execution.Review.APPROVED : Execution.Review.ASKED_AGAIN,
                reason);
        task.getExecution().setVariable(FieldVerification.APPROVED, approved);
        task.getExecution().setVariable(FieldVerification.RECORD_DIFFERENCES, approved && "record".equals(differences));
        if (!approved) {
            task.getExecution().setVariable(FieldVerification.REASON, reason);
            task.getExecution().setVariable(FieldVerification.ITEMS, String.join(",", items));
        }
    }
}
