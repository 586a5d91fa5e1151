package io.fieldwright.files;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a file is uploaded as.
 *
 * @param id made by the device, so that an upload repeated after a lost answer is the same file; null for one of ours
 * @param tenantId whose evidence it becomes: an organisation, or the collaboration in which the work is done
 * @param name what the uploader calls it; anything, since only what is fit for display is kept of it
 */
public record NewFile(@Nullable UUID id, String tenantId, StoredFile.Kind kind, @Nullable String name) {}
