package io.fieldwright.workflow;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fieldwright.people.CandidateGroup;
import io.fieldwright.tenancy.Collaboration;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import io.fieldwright.tenancy.TenantScope;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/**
 * Has tasks of a tenant that a vendor owns ask that vendor's own coordinator, asset owner and so on: where a model names
 * a group of owners, the task is offered to that group {@link CandidateGroup#idIn in the vendor}. So what a circle asks
 * of its own people is never offered to a vendor's, however the vendor works for others (ADR 0012).
 */
@Component
class CandidatesOfOwner extends AbstractBpmnParseListener {

    /** An organisation's kind never changes. */
    private final Cache<String, Organisation.Kind> kinds =
            Caffeine.newBuilder().maximumSize(10_000).build();

    private final Organisations organisations;

    CandidatesOfOwner(Organisations organisations) {
        this.organisations = organisations;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        TaskDefinition task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        List<Expression> modelled = List.copyOf(task.getCandidateGroupIdExpressions());
        task.getCandidateGroupIdExpressions().clear();
        modelled.forEach(groups -> task.addCandidateGroupIdExpression(new InOwner(groups)));
    }

    private String inOwner(String group, String tenant) {
        String owner = Collaboration.parse(tenant).owner();
        return CandidateGroup.of(group)
                .filter(CandidateGroup::isOfOwners)
                .map(known -> known.idIn(owner, kindOf(owner)))
                .orElse(group);
    }

    private Organisation.Kind kindOf(String owner) {
        return kinds.get(
                owner,
                code -> TenantScope.asSystem(() -> organisations.get(code).kind()));
    }

    private class InOwner implements Expression {

        private final Expression modelled;

        InOwner(Expression modelled) {
            this.modelled = modelled;
        }

        @Override
        public Object getValue(VariableScope scope) {
            Object groups = modelled.getValue(scope);
            String tenant = scope instanceof ExecutionEntity execution ? execution.getTenantId() : null;
            if (tenant == null) {
                return groups;
            }
            if (groups instanceof String list) {
                return Arrays.stream(list.split(","))
                        .map(group -> inOwner(group.trim(), tenant))
                        .collect(Collectors.joining(","));
            }
            return groups instanceof Collection<?> several
                    ? several.stream()
                            .map(group -> inOwner(String.valueOf(group), tenant))
                            .toList()
                    : groups;
        }

        @Override
        public void setValue(Object value, VariableScope scope) {
            modelled.setValue(value, scope);
        }

        @Override
        public String getExpressionText() {
            return modelled.getExpressionText();
        }

        @Override
        public boolean isLiteralText() {
            return modelled.isLiteralText();
        }
    }
}
