package io.fieldwright.fieldwork.process;

import io.fieldwright.api.Problem;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.FieldTasks;
import io.fieldwright.people.Person;
import io.fieldwright.people.Team;
import io.fieldwright.workflow.Choices;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.TaskTenants;
import io.fieldwright.workflow.UserTaskForm;
import java.util.Comparator;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Nobody of the team accepted in time: the coordinator of the owner offers the task again or gives it up. */
@Component
class ArrangeVisitForm extends UserTaskForm {

    private static final String NO_ANSWER = "nobody answered in time";

    private final FieldTasks tasks;
    private final FieldText text;

    ArrangeVisitForm(FieldTasks tasks, FieldText text) {
        this.tasks = tasks;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        UUID id = FieldVerification.taskId(task);
        String declined = FieldVerification.text(task, FieldVerification.REASON);
        task.getExecution().removeVariable(FieldVerification.REASON);
        task.getExecution().removeVariable(FieldVerification.ENGINEER);
        tasks.reportNotAccepted(id, declined == null ? NO_ANSWER : declined);
        FieldTask unanswered = tasks.get(id);
        TaskTenants.share(task, unanswered.owner());
        task.setVariableLocal("fieldTaskSummary", text.site(unanswered));
        task.setVariableLocal("refusalList", text.refusals(unanswered));
        task.setVariableLocal(
                "personChoices",
                Choices.of(tasks.teamOf(unanswered).members().stream()
                        .filter(Person::active)
                        .sorted(Comparator.comparing(Person::name))
                        .map(person -> new Choices.Choice(person.name(), person.username()))
                        .toList()));
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        boolean offer = answers.choice("answer", "offer", "cancel");
        String person = answers.text("person");
        String reason = offer ? answers.text("cancelReason") : answers.required("cancelReason");
        UUID id = FieldVerification.taskId(task);
        tasks.requireNotHeld(id);
        Team team = tasks.teamOf(tasks.get(id));
        if (person != null
                && team.members().stream().noneMatch(member -> member.username().equals(person))) {
            throw Problem.invalid("person", person + " is nobody of the team " + team.name());
        }
        task.getExecution().setVariable(FieldVerification.ARRANGEMENT, offer ? "offer" : "cancel");
        if (offer) {
            task.getExecution().setVariable(FieldVerification.ENGINEER, person);
        } else {
            task.getExecution().setVariable(FieldVerification.REASON, reason);
        }
    }
}
