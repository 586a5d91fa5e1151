package io.fieldwright.people;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who administers an installation that has nobody yet; read only then, and without defaults, so that no installation
 * starts with a known password.
 *
 * @param organisation the code of their corporate, which is created when it does not exist
 */
@ConfigurationProperties("fieldwright.administrator")
record AdministratorProperties(@Nullable String username, @Nullable String password, @Nullable String organisation) {}
