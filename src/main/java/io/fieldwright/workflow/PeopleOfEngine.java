package io.fieldwright.workflow;

import io.fieldwright.people.PersonDirectory;
import org.camunda.bpm.engine.impl.identity.ReadOnlyIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.springframework.stereotype.Component;

/** Makes our people the engine's users, so that there is no second copy of them to keep in step (ADR 0003). */
@Component
class PeopleOfEngine implements SessionFactory {

    private final PersonDirectory people;

    PeopleOfEngine(PersonDirectory people) {
        this.people = people;
    }

    @Override
    public Class<?> getSessionType() {
        return ReadOnlyIdentityProvider.class;
    }

    @Override
    public Session openSession() {
        return new PersonIdentityProvider(people);
    }
}
