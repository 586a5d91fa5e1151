package io.fieldwright.files;

import io.fieldwright.people.SignedInPerson;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** A module that keeps files as evidence, and admits to each whom the test says. */
@Component
class AdmittedReaders implements FileReaders {

    private final Map<UUID, String> usernames = new ConcurrentHashMap<>();

    void admit(String username, String fileId) {
        usernames.put(UUID.fromString(fileId), username);
    }

    @Override
    public boolean admits(StoredFile file) {
        return SignedInPerson.currentUsername().equals(usernames.get(file.id()));
    }
}
