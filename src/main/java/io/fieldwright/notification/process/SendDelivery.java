package io.fieldwright.notification.process;

import io.fieldwright.notification.MailDelivery;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class SendDelivery implements JavaDelegate {

    private final MailDelivery mail;

    SendDelivery(MailDelivery mail) {
        this.mail = mail;
    }

    @Override
    public void execute(DelegateExecution execution) {
        mail.send(NotificationDelivery.deliveryId(execution));
    }
}
