/**
 * Where the data lives. Points the application at the PostgreSQL of {@code spring.datasource.url} or, where none is set,
 * runs one of its own out of a folder, so that a fresh clone starts without installing anything. The production jar does
 * not contain PostgreSQL and refuses to start without a URL.
 */
@NullMarked
@ApplicationModule(displayName = "Database")
package io.fieldwright.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
