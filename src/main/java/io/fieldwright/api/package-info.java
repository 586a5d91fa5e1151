/** What every endpoint shares: problems, paging, entity tags and idempotency keys (requirements, section 15). */
@ApplicationModule(type = ApplicationModule.Type.OPEN)
@NullMarked
package io.fieldwright.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
