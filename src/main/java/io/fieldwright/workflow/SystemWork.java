package io.fieldwright.workflow;

import io.fieldwright.tenancy.TenantScope;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Runs work on the system's behalf in our tables and in the engine alike: the signed-in person caused it and was
 * checked, but neither the tenants nor the rights of their account limit what follows from it.
 */
@Component
public class SystemWork {

    private final IdentityService identity;

    SystemWork(@Lazy IdentityService identity) {
        this.identity = identity;
    }

    public <T> T run(Supplier<T> work) {
        Authentication before = identity.getCurrentAuthentication();
        identity.clearAuthentication();
        try {
            return TenantScope.asSystem(work);
        } finally {
            identity.setAuthentication(before);
        }
    }

    <T> T call(Callable<T> work) throws Exception {
        Authentication before = identity.getCurrentAuthentication();
        identity.clearAuthentication();
        try {
            return TenantScope.callAsSystem(work);
        } finally {
            identity.setAuthentication(before);
        }
    }

    public void run(Runnable work) {
        run(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }
}
