package io.fieldwright.workflow.web;

import jakarta.ws.rs.core.FeatureContext;
import org.glassfish.jersey.internal.spi.AutoDiscoverable;

/**
 * Registers {@link EngineDoor} and {@link ProblemMapper} with every Jersey application: engine REST, Tasklist and Cockpit
 * each are one.
 */
public class ProblemMapperDiscovery implements AutoDiscoverable {

    @Override
    public void configure(FeatureContext jersey) {
        jersey.register(new EngineDoor());
        jersey.register(new ProblemMapper());
    }
}
