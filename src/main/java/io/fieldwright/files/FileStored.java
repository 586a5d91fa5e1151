package io.fieldwright.files;

import java.util.UUID;

/** Published in the transaction that makes a file known, so that what waits for it goes on with it or not at all. */
public record FileStored(String tenantId, UUID id) {}
