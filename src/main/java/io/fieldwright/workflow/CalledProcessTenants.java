package io.fieldwright.workflow;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Moves a called process into the collaboration its caller works in by then. The engine asks {@link ProcessTenants}
 * only for processes that nobody called; called ones inherit the caller's tenant, and the circle's would hide the work
 * from its vendor. It runs before the engine writes the history of the start.
 */
class CalledProcessTenants extends AbstractBpmnParseListener {

    private static final ExecutionListener MOVE = CalledProcessTenants::move;

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        process.addBuiltInListener(ExecutionListener.EVENTNAME_START, MOVE, 0);
    }

    private static void move(DelegateExecution execution) {
        ExecutionEntity instance = (ExecutionEntity) execution;
        if (instance.getSuperExecution() != null
                && instance.getSuperExecution().getVariable(Processes.COLLABORATION) instanceof String collaboration) {
            instance.setTenantId(collaboration);
        }
    }
}
