package io.fieldwright.workflow;

import io.fieldwright.people.SignedInPerson;
import java.util.List;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.UserOperationLogEntryEventEntity;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;

/**
 * Gives what people did with things that have no tenant, such as models, to the organisation of whoever did it: the
 * engine would show an entry without tenant, and with it the name of who is behind it, to everybody.
 */
class OperationTenants implements HistoryEventHandler {

    @Override
    public void handleEvent(HistoryEvent event) {
        if (event instanceof UserOperationLogEntryEventEntity operation && operation.getTenantId() == null) {
            SignedInPerson.current().map(SignedInPerson::organisation).ifPresent(operation::setTenantId);
        }
    }

    @Override
    public void handleEvents(List<HistoryEvent> events) {
        events.forEach(this::handleEvent);
    }
}
