package io.fieldwright.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * Where contents are kept. Their names begin with a time-ordered UUID of ours, so that they sort by the time they were
 * made; a name is never used for two contents.
 */
interface ContentStore {

    /** Keeps the content of a file for good: when this returns it survives a loss of power. */
    void put(String name, Path content) throws IOException;

    /** In bytes. */
    long length(String name) throws IOException;

    /** Reads from {@code offset} to the end. Closing it early costs no more than what was read. */
    InputStream open(String name, long offset) throws IOException;

    /** Removes a content, if there is one. */
    void delete(String name) throws IOException;

    /**
     * Names of what was put between two moments, complete or not; a few from outside may be among them. They are fetched while they
     * are read, since there may be millions; what was read may be deleted meanwhile. To be closed.
     */
    Stream<String> names(Instant from, Instant until);
}
