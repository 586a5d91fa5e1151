package io.fieldwright.fieldwork.sync.web;

import io.fieldwright.api.Problem;
import io.fieldwright.people.SignedInPerson;

/** Field work is for whoever may be given tasks: people, and keys that are for tasks. */
final class TaskCallers {

    private TaskCallers() {}

    /** @throws Problem 403 for whoever is in no group, such as a key that is not for tasks */
    static void require(SignedInPerson caller) {
        if (caller.groups().isEmpty()) {
            throw Problem.forbidden("Field work is for people in teams and designations, and for API keys with tasks.");
        }
    }
}
