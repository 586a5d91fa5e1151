package io.fieldwright.files;

import java.util.UUID;

/** Published when a file is not taken for what it is, such as a picture that cannot be read; what waits for it waits in vain. */
public record FileRefused(String tenantId, UUID id, String name, String reason) {}
