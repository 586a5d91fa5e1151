package io.fieldwright.workflow;

import io.fieldwright.api.Problem;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/** Takes a refusal out of the engine's wrapping, so that its reader sees the reason and not where it was raised. */
class ProblemInterceptor extends CommandInterceptor {

    @Override
    public <T> T execute(Command<T> command) {
        try {
            return next.execute(command);
        } catch (ProcessEngineException wrapping) {
            for (Throwable cause = wrapping.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof Problem problem) {
                    throw problem;
                }
            }
            throw wrapping;
        }
    }
}
