package io.fieldwright.database;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the embedded PostgreSQL; they have no meaning where {@code spring.datasource.url} is set.
 *
 * @param directory the folder that holds the data, relative to the working directory
 * @param name the database within the server, created when it does not exist
 * @param port the port on the loopback interface; 0 takes another free one at each start
 * @param disposable for tests only: a server apart from the durable one in the same folder, emptied when a new JVM
 *     starts it and faster because a power failure may destroy it
 */
@ConfigurationProperties("fieldwright.database")
record DatabaseProperties(
        @DefaultValue("data") Path directory,
        @DefaultValue("fieldwright") String name,
        @DefaultValue("0") int port,
        @DefaultValue("false") boolean disposable) {

    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    DatabaseProperties {
        if (!PLAIN_NAME.matcher(name).matches()) {
            throw new DatabaseUnavailableException(
                    "'%s' is not a name for a database.".formatted(name),
                    "Set fieldwright.database.name to at most 63 lower-case letters, digits and underscores.");
        }
    }
}
