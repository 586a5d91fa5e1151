package io.fieldwright.database;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The servers of this JVM, one for each directory: the application contexts of a test run share one, and the last to
 * close stops it.
 */
final class EmbeddedServers {

    private static final Map<Path, SharedServer> RUNNING = new HashMap<>();
    private static final Set<Path> STARTED_BEFORE = new HashSet<>();

    private EmbeddedServers() {}

    static synchronized EmbeddedServer acquire(DatabaseProperties properties) {
        ServerDirectory directory = ServerDirectory.of(properties);
        SharedServer shared = RUNNING.get(directory.home());
        if (shared == null) {
            boolean emptied = properties.disposable() && !STARTED_BEFORE.contains(directory.home());
            shared = new SharedServer(EmbeddedServer.start(directory, properties, emptied), 0);
            STARTED_BEFORE.add(directory.home());
        }
        RUNNING.put(directory.home(), new SharedServer(shared.server(), shared.users() + 1));
        return shared.server();
    }

    static synchronized void release(EmbeddedServer server) {
        Path home = server.directory().home();
        SharedServer shared = RUNNING.get(home);
        if (shared.users() > 1) {
            RUNNING.put(home, new SharedServer(server, shared.users() - 1));
        } else {
            RUNNING.remove(home);
            server.stop();
        }
    }

    private record SharedServer(EmbeddedServer server, int users) {}
}
