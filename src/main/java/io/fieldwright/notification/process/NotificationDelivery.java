package io.fieldwright.notification.process;

import io.fieldwright.api.Identifiers;
import io.fieldwright.notification.Notifications;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.VariableScope;

/** The variable of the process {@code notification-delivery}. */
final class NotificationDelivery {

    static final String DELIVERY_ID = Notifications.DELIVERY_ID;

    private NotificationDelivery() {}

    static UUID deliveryId(VariableScope scope) {
        return Identifiers.parse(DELIVERY_ID, (String) scope.getVariable(DELIVERY_ID));
    }
}
