package io.fieldwright.workflow;

import io.fieldwright.api.Problem;
import java.util.Map;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Service;

/** Starts processes and brings messages to them, in the caller's transaction. Callers check who may cause it. */
@Service
public class Processes {

    /** The variable that names the tenant a started or called process works in; see {@link ProcessTenants}. */
    public static final String COLLABORATION = "collaboration";

    private final RuntimeService runtime;
    private final SystemWork system;

    Processes(RuntimeService runtime, SystemWork system) {
        this.runtime = runtime;
        this.system = system;
    }

    /** Starts the newest version of {@code processKey} in the tenant {@code collaboration} and answers its id. */
    public String start(String processKey, String collaboration, String businessKey, Map<String, Object> variables) {
        return system.run(() -> runtime.createProcessInstanceByKey(processKey)
                .processDefinitionWithoutTenantId()
                .businessKey(businessKey)
                .setVariables(variables)
                .setVariable(COLLABORATION, collaboration)
                .execute()
                .getId());
    }

    /**
     * Brings a message to the one process that waits for it, found by business key and one id more.
     *
     * @throws Problem 409 when nothing waits for it
     */
    public void send(String message, String businessKey, String idVariable, Object id, Map<String, Object> variables) {
        system.run(() -> {
            try {
                runtime.createMessageCorrelation(message)
                        .processInstanceBusinessKey(businessKey)
                        .processInstanceVariableEquals(idVariable, id)
                        .setVariables(variables)
                        .correlateWithResult();
            } catch (MismatchingMessageCorrelationException nothingWaits) {
                throw Problem.conflict("state", "the process is not at a point where this is possible");
            }
        });
    }
}
